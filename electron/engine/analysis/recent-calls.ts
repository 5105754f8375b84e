import { hash } from 'node:crypto'
import type { Facts } from '../../../shared/lint/rule.ts'
import type { LogRows } from '../store/log-rows.ts'
import { callOf } from './analysed-call.ts'
import type { AnalysedCall } from './analysed-call.ts'

/** How many events back a call is looked for. Two of one click come in one batch, or in requests that follow each other. */
const reach = 1_000
/** No person does the same twice within it: milliseconds. */
const togetherMs = 500
/** Bytes: larger calls are not compared. The real service refuses them, and a thousand are read when the engine starts. */
const callLimit = 32 * 1024

/** Characters: what is longer is remembered by its hash. */
const shortText = 500

interface Fired {
  eventId: number
  timestamp: number
  messageId: string | null
  what: string
}

/**
 * The latest calls of the log, by what they say. How far it reaches is counted in events, so that what is found depends
 * neither on where a slice ends nor on when the engine was started.
 */
export class RecentCalls {
  readonly #log: LogRows
  readonly #calls = new Map<string, Fired[]>()
  /** All of them, the oldest first. */
  readonly #queue: Fired[] = []
  /** Up to this event the log has to be read before anything is looked for; null when that is done. */
  #behind: number | null = 0
  #latest: { eventId: number; what: string | null } = { eventId: 0, what: null }

  constructor(log: LogRows) {
    this.#log = log
  }

  /** The latest call with another messageId that says the same at about the same time. */
  before(call: AnalysedCall): Facts['firedBefore'] {
    this.#restore()
    const what = this.#whatOf(call)
    const same = what === null ? undefined : this.#calls.get(what)
    const found = same?.findLast(
      ({ eventId, timestamp, messageId }) =>
        eventId > call.id - reach &&
        Math.abs(timestamp - call.timestamp) <= togetherMs &&
        (messageId === null || messageId !== call.messageId),
    )
    if (found === undefined) return null
    return { eventId: found.eventId, apartMs: Math.abs(found.timestamp - call.timestamp) }
  }

  /** A call has been judged. */
  add(call: AnalysedCall): void {
    this.#restore()
    this.#remember(call)
  }

  /** Back to what is in the log up to this event. */
  forget(upTo: number): void {
    this.#calls.clear()
    this.#queue.length = 0
    this.#behind = upTo
  }

  #restore(): void {
    if (this.#behind === null) return
    const upTo = this.#behind
    this.#behind = null
    for (const { id } of this.#log.ids(upTo - reach, reach)) {
      if (id > upTo) break
      const call = this.#read(id)
      if (call !== null) this.#remember(call)
    }
  }

  #read(id: number): AnalysedCall | null {
    try {
      const row = this.#log.accepted(id, callLimit)
      return row === null ? null : callOf(row)
    } catch {
      // It could not be read when its turn came either, and has been reported then.
      return null
    }
  }

  #remember(call: AnalysedCall): void {
    while (this.#queue[0] !== undefined && this.#queue[0].eventId <= call.id - reach)
      this.#drop(this.#queue[0])
    // Whose sender heard that it failed is sent again by rights.
    const what = call.request.isDelivered ? this.#whatOf(call) : null
    if (what === null) return
    const fired = { eventId: call.id, timestamp: call.timestamp, messageId: call.messageId, what }
    this.#queue.push(fired)
    const same = this.#calls.get(what)
    if (same === undefined) this.#calls.set(what, [fired])
    else same.push(fired)
  }

  /** The oldest of all is the oldest of its kind. */
  #drop({ what }: Fired): void {
    this.#queue.shift()
    const same = this.#calls.get(what)
    same?.shift()
    if (same?.length === 0) this.#calls.delete(what)
  }

  /** Who says what, or its hash; null for a call that may well come twice. */
  #whatOf(call: AnalysedCall): string | null {
    if (this.#latest.eventId !== call.id) this.#latest = { eventId: call.id, what: whatOf(call) }
    return this.#latest.what
  }
}

function whatOf(call: AnalysedCall): string | null {
  const { type, userId, anonymousId, accountId, source, payload } = call
  const isAction = type === 'track' || type === 'page' || type === 'screen'
  const user = userId ?? anonymousId
  if (!isAction || user === null || call.bytes > callLimit) return null
  const { event, name, category, properties } = payload
  const said = [source, type, userId === null, user, accountId, event, name, category, properties]
  const text = JSON.stringify(said)
  return text.length <= shortText ? text : hash('sha1', text, 'base64')
}
