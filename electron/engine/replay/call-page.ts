import type { CallType } from '../../../shared/event.ts'
import type { PresetCall, Stamp } from './presets.ts'

/** A call as it goes into a request: UTF-8, still without its moment of sending. */
export interface OutgoingCall {
  eventId: number
  type: CallType
  /** JSON without its closing brace. */
  open: Uint8Array
  stamp: Stamp
  /** Bytes once it is stamped. */
  bytes: number
}

/** An event that is to be sent; without a call when the log has lost it. */
export interface PendingEvent<Call> {
  eventId: number
  person: number
  call: Call | null
}

/**
 * Pending events on their way from the reader's thread to the one that sends: the texts in one piece, the rest in
 * columns. As an object for each event, the crossing took more time than reading and writing the calls did.
 */
export interface CallPage {
  eventIds: number[]
  people: number[]
  types: (CallType | null)[]
  /** Bytes of each text; 0 for an event without a call. */
  lengths: number[]
  stamps: Stamp[]
  bytes: number[]
  texts: Uint8Array
}

export function packCalls(events: readonly PendingEvent<PresetCall>[]): CallPage {
  const page: CallPage = {
    eventIds: [],
    people: [],
    types: [],
    lengths: [],
    stamps: [],
    bytes: [],
    texts: new Uint8Array(),
  }
  // A stamped text is longer than one that is not, so this is enough.
  const texts = Buffer.allocUnsafeSlow(events.reduce((sum, { call }) => sum + (call?.bytes ?? 0), 0))
  let end = 0
  for (const { eventId, person, call } of events) {
    const length = call === null ? 0 : texts.write(call.open, end, 'utf8')
    end += length
    page.eventIds.push(eventId)
    page.people.push(person)
    page.types.push(call?.type ?? null)
    page.lengths.push(length)
    page.stamps.push(call?.stamp ?? 'none')
    page.bytes.push(call?.bytes ?? 0)
  }
  page.texts = texts.subarray(0, end)
  return page
}

export function* unpackCalls(page: CallPage): Generator<PendingEvent<OutgoingCall>, void, undefined> {
  let start = 0
  for (const [index, eventId] of page.eventIds.entries()) {
    const length = page.lengths[index] ?? 0
    const type = page.types[index] ?? null
    const open = page.texts.subarray(start, start + length)
    start += length
    yield {
      eventId,
      person: page.people[index] ?? 0,
      call:
        type === null
          ? null
          : { eventId, type, open, stamp: page.stamps[index] ?? 'none', bytes: page.bytes[index] ?? 0 },
    }
  }
}
