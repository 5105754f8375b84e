import { callTypes } from './event.ts'
import type { CallType, JsonObject } from './event.ts'
import { segmentCall } from './journy.ts'

/** What a request says about all of its calls. */
export interface Envelope {
  /** The batch's own fields: context, integrations, sentAt. Empty for a single call. */
  batch: JsonObject
  receivedAt: number
  /** From the headers SentAt and AnonymousId, which RudderStack's browser SDK sends. */
  sentAtHeader?: string | undefined
  anonymousIdHeader?: string | undefined
  /** The type that the path names: /v1/track. */
  pathType?: CallType | undefined
}

/** One event shape for all SDKs. Times are epoch milliseconds. */
export interface NormalisedCall {
  type: CallType | null
  event: string | null
  name: string | null
  category: string | null
  userId: string | null
  anonymousId: string | null
  previousId: string | null
  accountId: string | null
  messageId: string | null
  timestamp: number
  originalTimestamp: number | null
  sentAt: number | null
  properties: JsonObject | null
  traits: JsonObject | null
  context: JsonObject | null
  integrations: JsonObject | null
  libraryName: string | null
  libraryVersion: string | null
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** PHP sends `[]` for an empty object. */
function objectOrNull(value: unknown): JsonObject | null {
  if (isJsonObject(value)) return value
  return Array.isArray(value) && value.length === 0 ? {} : null
}

/** Ids that arrive as numbers are kept as text; anything else is no id. */
function idOrNull(value: unknown): string | null {
  if (typeof value === 'string') return value === '' ? null : value
  return typeof value === 'number' ? String(value) : null
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

/** The end of the year 9999: sums and differences of such times are still dates. */
const lastTime = 253_402_300_799_999
/** What `toISOString` writes, and so almost every SDK. */
const usualTime = /^\d{4}-\d{2}-\d{2}T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/
const isoTime =
  /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?$/i

/**
 * Epoch milliseconds of a timestamp as SDKs write it: 0 to 9 fractional digits, `Z` or any offset (none means UTC);
 * numbers are epoch milliseconds, or seconds where milliseconds would fall before 1973. null when it is no date.
 */
export function parseTime(value: unknown): number | null {
  if (typeof value === 'number' && Number.isFinite(value)) {
    const ms = Math.abs(value) < 1e11 ? value * 1000 : value
    return Math.abs(ms) <= lastTime ? Math.trunc(ms) : null
  }
  if (typeof value !== 'string') return null
  if (usualTime.test(value)) return usualMs(value)
  const match = isoTime.exec(value)
  if (match === null) {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return null
    return msOrNull(Date.parse(`${value}T00:00:00.000Z`))
  }
  const [, day, minutes, seconds = '00', fraction = '', zone = 'Z'] = match
  const offset = /^[+-]\d{2}$/.test(zone)
    ? `${zone}:00`
    : zone.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2').toUpperCase()
  return msOrNull(Date.parse(`${day}T${minutes}:${seconds}.${fraction.slice(0, 3).padEnd(3, '0')}${offset}`))
}

function msOrNull(ms: number): number | null {
  return Number.isNaN(ms) ? null : ms
}

/** Almost all times that come are of the day of the one before: Date.parse takes three times as long. */
let lastDay = { text: '1970-01-01T', ms: 0 }

function usualMs(time: string): number | null {
  if (!time.startsWith(lastDay.text)) {
    const text = time.slice(0, '1970-01-01T'.length)
    const ms = Date.parse(`${text}00:00:00.000Z`)
    if (Number.isNaN(ms)) return null
    lastDay = { text, ms }
  }
  const digit = (index: number): number => time.charCodeAt(index) - 0x30
  const hours = digit(11) * 10 + digit(12)
  const minutes = digit(14) * 10 + digit(15)
  const seconds = digit(17) * 10 + digit(18)
  const ms = digit(20) * 100 + digit(21) * 10 + digit(22)
  return lastDay.ms + ((hours * 60 + minutes) * 60 + seconds) * 1000 + ms
}

/** Each call of a batch asks for the same. */
let lastSentAt: { text: unknown; ms: number | null } = { text: undefined, ms: null }

function sentAtOfBatch(text: unknown): number | null {
  if (text !== lastSentAt.text) lastSentAt = { text, ms: parseTime(text) }
  return lastSentAt.ms
}

function isCallType(value: unknown): value is CallType {
  return typeof value === 'string' && (callTypes as readonly string[]).includes(value)
}

function merged(outer: JsonObject | null, inner: JsonObject | null): JsonObject | null {
  if (outer === null || Object.keys(outer).length === 0) return inner
  return { ...outer, ...inner }
}

/**
 * Reads a call of any SDK as one shape; the payload itself is not touched.
 * The clock follows the Segment spec: timestamp = receivedAt − (sentAt − originalTimestamp); without sentAt the
 * original stays.
 */
export function normalise(sent: JsonObject, envelope: Envelope): NormalisedCall {
  const type = envelope.pathType ?? (isCallType(sent['type']) ? sent['type'] : null)
  const call = segmentCall(sent, type)
  const context = merged(objectOrNull(envelope.batch['context']), objectOrNull(call['context']))
  const properties = objectOrNull(call['properties'])
  const library = isJsonObject(context?.['library']) ? context['library'] : {}
  const originalTimestamp = parseTime(call['originalTimestamp']) ?? parseTime(call['timestamp'])
  const sentAt =
    parseTime(call['sentAt']) ?? sentAtOfBatch(envelope.batch['sentAt']) ?? parseTime(envelope.sentAtHeader)
  const ownTraits = objectOrNull(call['traits'])
  // RudderStack's identify may carry its traits in the context alone. Those of a group call's context are the user's.
  const traits =
    type === 'identify' && (ownTraits === null || Object.keys(ownTraits).length === 0)
      ? (objectOrNull(context?.['traits']) ?? ownTraits)
      : ownTraits
  return {
    type,
    event: type === 'track' ? textOrNull(call['event']) : null,
    name:
      type === 'page' || type === 'screen'
        ? (textOrNull(call['name']) ?? textOrNull(properties?.['name']))
        : null,
    category:
      type === 'page' || type === 'screen'
        ? (textOrNull(call['category']) ?? textOrNull(properties?.['category']))
        : null,
    userId: idOrNull(call['userId']),
    anonymousId: idOrNull(call['anonymousId']) ?? idOrNull(envelope.anonymousIdHeader),
    previousId: type === 'alias' ? idOrNull(call['previousId']) : null,
    accountId:
      type === 'group'
        ? (idOrNull(call['groupId']) ?? idOrNull(context?.['groupId']))
        : (idOrNull(context?.['groupId']) ?? idOrNull(call['groupId'])),
    messageId: idOrNull(call['messageId']),
    timestamp: correctedTime(envelope.receivedAt, sentAt, originalTimestamp),
    originalTimestamp,
    sentAt,
    properties,
    traits,
    context,
    integrations: merged(objectOrNull(envelope.batch['integrations']), objectOrNull(call['integrations'])),
    libraryName: textOrNull(library['name']),
    libraryVersion: idOrNull(library['version']),
  }
}

function correctedTime(receivedAt: number, sentAt: number | null, originalTimestamp: number | null): number {
  if (originalTimestamp === null) return receivedAt
  if (sentAt === null) return originalTimestamp
  return receivedAt - (sentAt - originalTimestamp)
}
