/** Segment takes 500 KB and 2,500 events a request; the rest is left for what stands around the calls. */
export const batchBytesLimit = 475 * 1024
export const batchEventsLimit = 2500
/** Up to this many events, a job sends one request after the other, and the log's order is kept across users, too. */
const oneLaneEvents = 500

export type Mode = 'batch' | 'single'

/**
 * How many events one request may hold. No more than a second is allowed, or the limit would be kept on average alone:
 * at ten a second, a request of 2,500 events would be a burst of four minutes' worth.
 */
export function requestEventsLimit(mode: Mode, eventsPerSecond: number): number {
  return mode === 'single' ? 1 : Math.max(1, Math.min(batchEventsLimit, Math.floor(eventsPerSecond)))
}

interface Sized {
  bytes: number
}

/** How full a request is. */
export class BatchFill {
  #events = 0
  #bytes = 0

  get isEmpty(): boolean {
    return this.#events === 0
  }

  /** Whether a call of so many bytes goes in as well; the first one always does. */
  fits(bytes: number, eventsLimit: number): boolean {
    if (this.#events === 0) return true
    return this.#events < eventsLimit && this.#bytes + bytes + 1 <= batchBytesLimit
  }

  add(bytes: number): void {
    this.#events += 1
    this.#bytes += bytes + 1
  }
}

export function laneCount(concurrency: number, mode: Mode, events: number): number {
  return mode === 'batch' && events <= oneLaneEvents ? 1 : concurrency
}

/**
 * Which lane a person's events take. A lane has one request under way at a time, so that no two requests with events
 * of one person ever race each other; which person takes which lane depends on nothing but the two numbers. The
 * alternative, holding back those who are under way, would fill lanes more evenly, but has to look at every queued
 * event at every turn, and gains nothing unless a few people make up most of the events.
 */
export function laneOf(person: number, lanes: number): number {
  return ((person % lanes) + lanes) % lanes
}

class Lane<Call extends Sized> {
  readonly #full: Call[][] = []
  #open: Call[] = []
  #fill = new BatchFill()

  get isEmpty(): boolean {
    return this.#full.length === 0 && this.#open.length === 0
  }

  push(call: Call, eventsLimit: number): void {
    if (!this.#fill.fits(call.bytes, eventsLimit)) this.#close()
    this.#open.push(call)
    this.#fill.add(call.bytes)
  }

  take(mayBePartial: boolean): Call[] | null {
    if (this.#full.length === 0 && mayBePartial && this.#open.length > 0) this.#close()
    return this.#full.shift() ?? null
  }

  #close(): void {
    this.#full.push(this.#open)
    this.#open = []
    this.#fill = new BatchFill()
  }
}

/** Cuts calls that come in the order of the log into requests, lane by lane. */
export class Lanes<Call extends Sized> {
  readonly #lanes: Lane<Call>[]
  readonly #eventsLimit: number
  #bytes = 0

  constructor(count: number, eventsLimit: number) {
    this.#lanes = Array.from({ length: count }, () => new Lane<Call>())
    this.#eventsLimit = eventsLimit
  }

  /** Bytes of all that waits. */
  get bytes(): number {
    return this.#bytes
  }

  push(person: number, call: Call): void {
    this.#lanes[laneOf(person, this.#lanes.length)]?.push(call, this.#eventsLimit)
    this.#bytes += call.bytes
  }

  /** The next request of a lane; one that more could go into only if `mayBePartial`. */
  take(lane: number, mayBePartial: boolean): Call[] | null {
    const batch = this.#lanes[lane]?.take(mayBePartial) ?? null
    for (const { bytes } of batch ?? []) this.#bytes -= bytes
    return batch
  }

  isEmpty(lane: number): boolean {
    return this.#lanes[lane]?.isEmpty ?? true
  }
}

/** Counts the requests that `Lanes` would cut, without holding the calls. */
export class RequestCount {
  readonly #fills: BatchFill[]
  readonly #eventsLimit: number
  requests = 0

  constructor(lanes: number, eventsLimit: number) {
    this.#fills = Array.from({ length: lanes }, () => new BatchFill())
    this.#eventsLimit = eventsLimit
  }

  add(person: number, bytes: number): void {
    const lane = laneOf(person, this.#fills.length)
    let fill = this.#fills[lane]
    if (fill === undefined) return
    const isFirst = fill.isEmpty
    if (isFirst || !fill.fits(bytes, this.#eventsLimit)) {
      if (!isFirst) this.#fills[lane] = fill = new BatchFill()
      this.requests += 1
    }
    fill.add(bytes)
  }
}
