import type { Settlement } from '../store/replay-writes.ts'
import type { Bookkeeping } from './bookkeeping.ts'
import { Lanes, batchBytesLimit, laneCount, requestEventsLimit } from './batches.ts'
import type { Mode } from './batches.ts'
import { unpackCalls } from './call-page.ts'
import type { CallPage, OutgoingCall } from './call-page.ts'
import type { Clock } from './clock.ts'
import { leftOutReasons } from './limits.ts'
import { Progress } from './progress.ts'
import type { ReplayReader, ReplayWriter } from './replay-store.ts'
import { DestinationTrouble } from './send.ts'
import type { Sender } from './send.ts'

/** How many events are read at once. */
const pageSize = 1000

export interface JobParts {
  replayId: number
  /** How many events the job has in all: decides about the lanes, so it must be the same in every run. */
  events: number
  mode: Mode
  concurrency: number
  eventsPerSecond: number
  sender: Sender
  reader: Pick<ReplayReader, 'pendingCalls'>
  writer: Pick<ReplayWriter, 'settle'>
  bookkeeping: Bookkeeping
  clock: Clock
  onSettled(): void
}

/** How a run ended: nothing left to send, told to stop, or a destination that can't be served. */
export type RunEnd = { kind: 'done' } | { kind: 'stopped' } | { kind: 'trouble'; message: string }

/**
 * One run of a job: from what is pending in the database to nothing pending, or until it is stopped. It keeps no state
 * that another run would need, so a crash costs it only what was under way.
 */
export class Job {
  readonly #parts: JobParts
  readonly #lanes: Lanes<OutgoingCall>
  readonly #laneCount: number
  readonly #bufferBytes: number
  readonly #progress: Progress
  readonly #stopping = new AbortController()
  #trouble: Error | null = null
  #isFed = false
  #wake: (() => void)[] = []
  readonly finished: Promise<RunEnd>

  constructor(parts: JobParts) {
    this.#parts = parts
    this.#laneCount = laneCount(parts.concurrency, parts.mode, parts.events)
    this.#lanes = new Lanes(this.#laneCount, requestEventsLimit(parts.mode, parts.eventsPerSecond))
    // Enough that every lane finds a full request waiting, even if people are unevenly spread.
    this.#bufferBytes = (this.#laneCount + 4) * 2 * batchBytesLimit
    this.#progress = new Progress(parts.clock.now)
    this.finished = this.#run()
  }

  get eventsPerSecond(): number {
    return this.#progress.eventsPerSecond
  }

  /** Starts no further request. What is under way still comes to its end and is written down: await `finished`. */
  stop(): void {
    this.#stopping.abort()
    this.#parts.sender.stop()
    this.#changed()
  }

  /** Cuts off what is under way; it will be sent again under the same message ids. */
  async abandon(): Promise<void> {
    this.stop()
    this.#parts.bookkeeping.end()
    await this.#parts.sender.close()
  }

  async #run(): Promise<RunEnd> {
    const lanes = Array.from({ length: this.#laneCount }, (_, lane) => this.#serve(lane))
    await Promise.all(
      [this.#feed(), ...lanes].map((work) => work.catch((error: unknown) => this.#fail(error))),
    )
    await this.#parts.sender.close()
    if (this.#trouble instanceof DestinationTrouble)
      return { kind: 'trouble', message: this.#trouble.message }
    if (this.#trouble !== null) throw this.#trouble
    return this.#stopping.signal.aborted ? { kind: 'stopped' } : { kind: 'done' }
  }

  #fail(error: unknown): void {
    // The first trouble says what is wrong; those of the other lanes follow from it.
    this.#trouble ??= error instanceof Error ? error : new Error(String(error))
    this.stop()
  }

  /** Reads what is pending, in the order of the log, no further ahead than the lanes need. */
  async #feed(): Promise<void> {
    let page = await this.#read(0)
    for (let last = page.eventIds.at(-1); last !== undefined; last = page.eventIds.at(-1)) {
      while (this.#isBufferFull && !this.#stopping.signal.aborted) await this.#change()
      if (this.#stopping.signal.aborted) return
      // The reader's thread writes the next calls while these go out.
      const [next] = await Promise.all([this.#read(last), this.#take(page)])
      page = next
    }
    this.#isFed = true
    this.#changed()
  }

  #read(after: number): Promise<CallPage> {
    const { reader, bookkeeping, replayId } = this.#parts
    return bookkeeping.insist(() => reader.pendingCalls({ replayId, after, limit: pageSize }))
  }

  async #take(page: CallPage): Promise<void> {
    const gone: number[] = []
    for (const { eventId, person, call } of unpackCalls(page)) {
      if (call === null) gone.push(eventId)
      else this.#lanes.push(person, call)
    }
    this.#changed()
    if (gone.length === 0) return
    const message = leftOutReasons.gone
    await this.#settle({ eventIds: gone, outcome: 'skipped', status: null, attempts: 0, message })
  }

  /** One request after the other, so that the events that share this lane arrive in their order. */
  async #serve(lane: number): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      const batch = this.#lanes.take(lane, this.#isFed || this.#isBufferFull)
      if (batch !== null) {
        this.#changed()
        await this.#parts.sender.send(batch, (settlement) => this.#settle(settlement))
      } else if (this.#isFed && this.#lanes.isEmpty(lane)) {
        return
      } else {
        await this.#change()
      }
    }
  }

  get #isBufferFull(): boolean {
    return this.#lanes.bytes >= this.#bufferBytes
  }

  async #settle(settlement: Settlement): Promise<void> {
    const { writer, bookkeeping, clock, replayId } = this.#parts
    await bookkeeping.insist(() => writer.settle({ replayId, settlements: [settlement], at: clock.now() }))
    this.#progress.add(settlement.eventIds.length)
    this.#parts.onSettled()
  }

  #change(): Promise<void> {
    return new Promise((resolve) => this.#wake.push(resolve))
  }

  #changed(): void {
    const wake = this.#wake
    this.#wake = []
    for (const resolve of wake) resolve()
  }
}
