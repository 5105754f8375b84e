import { callTypes } from '../../../shared/event.ts'
import type { CallType, JsonObject } from '../../../shared/event.ts'
import { isJsonObject, parseTime } from '../../../shared/normalise.ts'

/** A call that is kept somewhere, as it once came. */
export interface SentCall {
  body: Buffer
  /** Epoch milliseconds; null where nothing tells. */
  receivedAt: number | null
  /** What its request said beside the call, names and values by turns. */
  headers: string[]
  /** Where it stands beside the call. */
  type: CallType | null
}

/**
 * What a line holds: a call as an SDK sends it, a batch of them, or an event as Trackside gives it out, in full (its
 * `payload` is the call) or as a list has it. A line that is no JSON is a call that can't be read, as capture has it.
 */
export function sentCallOf(line: Buffer): SentCall {
  const value = parsed(line)
  if (value === null) return { body: line, receivedAt: null, headers: [], type: null }
  if (typeof value['receivedAt'] === 'string' && typeof value['accepted'] === 'boolean')
    return exportedCall(value)
  return { body: line, receivedAt: timeOf(value), headers: [], type: null }
}

/** The call of an event as Trackside gives it out. */
export function exportedCall(event: JsonObject): SentCall {
  return {
    body: bodyOf(event),
    receivedAt: parseTime(event['receivedAt']),
    headers: headersOf(event),
    type: callTypes.find((type) => type === event['type']) ?? null,
  }
}

/** What the call itself says counts before these. */
function headersOf({ source, anonymousId, sentAt }: JsonObject): string[] {
  const base64 = (text: string): string => Buffer.from(text).toString('base64')
  const said = {
    authorization: typeof source === 'string' ? `Basic ${base64(`${source}:`)}` : null,
    anonymousid: typeof anonymousId === 'string' ? base64(anonymousId) : null,
    sentat: sentAt,
  }
  return Object.entries(said).flatMap(([name, value]) => (typeof value === 'string' ? [name, value] : []))
}

function bodyOf(event: JsonObject): Buffer {
  const { payload, rawBody, rawBytes, batchIndex } = event
  if (typeof payload === 'string')
    return typeof batchIndex === 'number' ? inBatch(payload, event) : Buffer.from(payload)
  if (typeof rawBytes === 'string') return Buffer.from(rawBytes, 'base64')
  return Buffer.from(typeof rawBody === 'string' ? rawBody : JSON.stringify(listedCall(event)))
}

/** What its batch said of all calls is part of what the event says; where the call says it, too, the call wins. */
function inBatch(payload: string, { context, integrations, sentAt }: JsonObject): Buffer {
  const said = JSON.stringify({ context, integrations, sentAt })
  return Buffer.from(`{"batch":[${payload}]${said === '{}' ? '' : `,${said.slice(1, -1)}`}}`)
}

const fields = [
  'type',
  'event',
  'name',
  'category',
  'userId',
  'anonymousId',
  'previousId',
  'messageId',
  'sentAt',
  'properties',
  'traits',
  'context',
  'integrations',
]

/** A list shows what was made of a call: null for what it did not say, and nothing of what no spec knows. */
function listedCall(event: JsonObject): JsonObject {
  const said = fields.flatMap((field) => (event[field] == null ? [] : [[field, event[field]] as const]))
  return {
    ...Object.fromEntries(said),
    timestamp: event['originalTimestamp'] ?? event['timestamp'],
    ...(event['type'] === 'group' ? { groupId: event['accountId'] } : {}),
  }
}

/**
 * A file of calls gets the same verdicts next year: where nothing says when a call arrived, it is judged as if that had
 * been when it was sent, or when it happened.
 */
function timeOf({ receivedAt, sentAt, originalTimestamp, timestamp }: JsonObject): number | null {
  return parseTime(receivedAt) ?? parseTime(sentAt) ?? parseTime(originalTimestamp) ?? parseTime(timestamp)
}

function parsed(line: Buffer): JsonObject | null {
  try {
    const value: unknown = JSON.parse(line.toString('utf8').replace(/^\uFEFF/, ''))
    return isJsonObject(value) ? value : null
  } catch {
    return null
  }
}
