import { createHash } from 'node:crypto'
import type { Preset, ReplayOptions } from '../../../shared/contract/schemas.ts'
import type { CallType, JsonObject } from '../../../shared/event.ts'
import { segmentCall } from '../../../shared/journy.ts'
import type { CallRow } from '../store/queries/replays.ts'
import { membersOf, membersOfObject, textOf } from './members.ts'
import type { Members } from './members.ts'
import { Redaction } from './redaction.ts'

/** What decides how a job changes its calls. The same in every run of the job, so that a resend is the same call. */
export interface PresetJob {
  preset: Preset
  options: Omit<ReplayOptions, 'writeKey'>
  /** `live`: when the last event is to have happened, epoch ms. */
  startedAt: number
  /** `live`: when the last event did happen, epoch ms; null for a job without events. */
  lastTimestamp: number | null
  newId(row: { id: number; message_id: string | null }): string
}

/** What of the moment of sending a call gets to say. */
export type Stamp = 'sentAt' | 'timestamp and sentAt' | 'none'

/** A call, ready to be sent but for the moment of sending, which `stamped` adds. */
export interface PresetCall {
  eventId: number
  type: CallType
  messageId: string
  /** JSON text without its closing brace. */
  open: string
  stamp: Stamp
  /** Bytes of UTF-8 once it is stamped. */
  bytes: number
}

/**
 * A message id that is the same whenever the job comes to this event again. A UUID of version 8, out of SHA-256.
 * A call that an SDK delivered twice under one id gets one new id, too: else its retry would become a second event.
 */
export function messageIdSource(seed: string): PresetJob['newId'] {
  return ({ id, message_id }) => {
    const name = message_id === null ? `event:${id}` : `message:${message_id}`
    const hex = createHash('sha256').update(`${seed}:${name}`).digest('hex')
    const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 3) | 8).toString(16)
    return [
      hex.slice(0, 8),
      hex.slice(8, 12),
      `8${hex.slice(13, 16)}`,
      variant + hex.slice(17, 20),
      hex.slice(20, 32),
    ].join('-')
  }
}

/** A preset with the options that are read once for all calls. */
export class CallWriter {
  readonly #job: PresetJob
  readonly #redaction: Redaction
  readonly #userIds: Map<string, string>
  readonly #accountIds: Map<string, string>
  readonly #integrations: string | null
  #envelopeText: string | null = null
  #envelope: Members = new Map()

  constructor(job: PresetJob) {
    this.#job = job
    const { options } = job
    this.#redaction = new Redaction(options)
    this.#userIds = new Map(Object.entries(options.userIds ?? {}))
    this.#accountIds = new Map(Object.entries(options.accountIds ?? {}))
    this.#integrations = options.integrations === undefined ? null : JSON.stringify(options.integrations)
  }

  /**
   * The call that goes out for a captured one. Members that nothing changes keep their text; a `retry` that nothing
   * changes at all is the payload byte for byte. What the batch said about all of its calls is written into the call.
   */
  write(row: CallRow & { type: CallType; payload: string }): PresetCall {
    const payload = segmentText(row.payload, row.type)
    const members = membersOf(payload)
    const envelope = this.#envelopeOf(row.envelope)
    const { preset } = this.#job
    // Every other preset changes at least the time.
    const original = preset === 'retry' ? new Map(members) : null

    // The key of the source is no business of the destination.
    members.delete('writeKey')
    // How the SDK has delivered it to others, and when a server has got it: neither is true of this sending.
    if (preset !== 'retry') for (const key of ['_metadata', 'receivedAt']) members.delete(key)
    set(members, 'type', row.type)
    if (row.anonymous_id !== null && !members.has('anonymousId'))
      set(members, 'anonymousId', row.anonymous_id)
    const messageId = this.#identify(members, row)
    this.#date(members, row, envelope)
    this.#fillContext(members, row, envelope)
    this.#fillIntegrations(members, envelope)
    this.#map(members)
    this.#redact(members)

    const isAsSent = original !== null && sameMembers(original, members)
    const text = isAsSent ? payload.trim() : textOf(members)
    const open = text.slice(0, -1)
    const stamp = preset === 'retry' ? 'none' : preset === 'new' ? 'timestamp and sentAt' : 'sentAt'
    const bytes = Buffer.byteLength(open) + stampBytes[stamp]
    return { eventId: row.id, type: row.type, messageId, open, stamp, bytes }
  }

  #envelopeOf(text: string | null): Members {
    if (text === null) return new Map()
    // The calls of one batch follow each other.
    if (text !== this.#envelopeText) {
      this.#envelopeText = text
      this.#envelope = membersOfObject(text)
    }
    return this.#envelope
  }

  #identify(members: Members, row: CallRow): string {
    const { preset, newId } = this.#job
    if (preset === 'live' || preset === 'new' || row.message_id === null) {
      // A call that came without an id gets one in any case: without it, a resend after a crash could not be dropped.
      const messageId = newId(row)
      set(members, 'messageId', messageId)
      return messageId
    }
    return row.message_id
  }

  #date(members: Members, row: CallRow, envelope: Members): void {
    const { preset } = this.#job
    if (preset === 'retry') {
      const sentAt =
        envelope.get('sentAt') ?? (row.sent_at === null ? undefined : JSON.stringify(isoTime(row.sent_at)))
      if (!members.has('sentAt') && sentAt !== undefined) members.set('sentAt', sentAt)
      return
    }
    members.delete('sentAt')
    if (preset === 'new') {
      members.delete('timestamp')
      members.delete('originalTimestamp')
      return
    }
    const time = preset === 'historical' ? row.timestamp : this.#shifted(row.timestamp)
    set(members, 'timestamp', isoTime(time))
    // RudderStack puts it before `timestamp` and dates by it.
    if (members.has('originalTimestamp')) set(members, 'originalTimestamp', isoTime(time))
  }

  #shifted(timestamp: number): number {
    const { startedAt, lastTimestamp, options } = this.#job
    return Math.round(startedAt - ((lastTimestamp ?? timestamp) - timestamp) / options.speed)
  }

  #fillContext(members: Members, row: CallRow, envelope: Members): void {
    const { preset } = this.#job
    const isReplayOf = (preset === 'live' || preset === 'new') && row.message_id !== null
    const outer = membersOfObject(envelope.get('context'))
    if (outer.size === 0 && !isReplayOf) return
    const context = new Map([...outer, ...membersOfObject(members.get('context'))])
    if (isReplayOf) {
      const trackside = membersOfObject(context.get('trackside'))
      set(trackside, 'replayOf', row.message_id)
      context.set('trackside', textOf(trackside))
    }
    members.set('context', textOf(context))
  }

  #fillIntegrations(members: Members, envelope: Members): void {
    if (this.#integrations !== null) {
      members.set('integrations', this.#integrations)
      return
    }
    const outer = membersOfObject(envelope.get('integrations'))
    if (outer.size === 0) return
    members.set('integrations', textOf(new Map([...outer, ...membersOfObject(members.get('integrations'))])))
  }

  #map(members: Members): void {
    if (this.#userIds.size > 0) {
      mapId(members, 'userId', this.#userIds)
      mapId(members, 'previousId', this.#userIds)
    }
    if (this.#accountIds.size > 0) {
      mapId(members, 'groupId', this.#accountIds)
      const context = membersOfObject(members.get('context'))
      if (mapId(context, 'groupId', this.#accountIds)) members.set('context', textOf(context))
    }
  }

  #redact(members: Members): void {
    if (this.#redaction.isEmpty) return
    for (const root of ['properties', 'traits'] as const) {
      const text = members.get(root)
      if (text !== undefined) members.set(root, this.#redaction.apply(root, text))
    }
    const context = membersOfObject(members.get('context'))
    const traits = context.get('traits')
    if (traits === undefined) return
    const redacted = this.#redaction.apply('context.traits', traits)
    if (redacted === traits) return
    context.set('traits', redacted)
    members.set('context', textOf(context))
  }
}

/** A call to journy.io's own API, which a destination would not understand, in the terms of the Segment spec. */
function segmentText(payload: string, type: CallType): string {
  if (!payload.includes('"identification"')) return payload
  const call = JSON.parse(payload) as JsonObject
  const translated = segmentCall(call, type)
  return translated === call ? payload : JSON.stringify(translated)
}

const sampleTime = '2026-02-03T04:05:06.789Z'
const stampBytes: Record<Stamp, number> = {
  none: 1,
  sentAt: stampOf('sentAt', sampleTime).length,
  'timestamp and sentAt': stampOf('timestamp and sentAt', sampleTime).length,
}

/** The end of a call that is sent at `sentAt` (ISO 8601): the moment of sending, and the closing brace. */
export function stampOf(stamp: Stamp, sentAt: string): string {
  switch (stamp) {
    case 'none':
      return '}'
    case 'sentAt':
      return `,"sentAt":"${sentAt}"}`
    case 'timestamp and sentAt':
      return `,"timestamp":"${sentAt}","sentAt":"${sentAt}"}`
  }
}

/**
 * The JSON text of a call that is sent at `sentAt` (ISO 8601). A service computes
 * timestamp = receivedAt − (sentAt − originalTimestamp), so the stamp is put on last: time spent waiting for the rate
 * limit or between two attempts would move the event otherwise.
 */
export function stamped({ open, stamp }: Pick<PresetCall, 'open' | 'stamp'>, sentAt: string): string {
  return open + stampOf(stamp, sentAt)
}

function isoTime(ms: number): string {
  return new Date(ms).toISOString()
}

/** A value that already means the same keeps its text. */
function set(members: Members, key: string, value: string | null): void {
  const text = members.get(key)
  const wanted = JSON.stringify(value)
  if (text !== wanted && (text === undefined || JSON.parse(text) !== value)) members.set(key, wanted)
}

/** Ids that were sent as numbers are looked up as they stand in the text. Whether the id was replaced. */
function mapId(members: Members, key: string, ids: ReadonlyMap<string, string>): boolean {
  const text = members.get(key)
  if (text === undefined) return false
  const id: unknown = text.startsWith('"') ? JSON.parse(text) : text
  const mapped = typeof id === 'string' ? ids.get(id) : undefined
  if (mapped === undefined) return false
  members.set(key, JSON.stringify(mapped))
  return true
}

function sameMembers(a: Members, b: Members): boolean {
  if (a.size !== b.size) return false
  for (const [key, value] of a) if (b.get(key) !== value) return false
  return true
}
