import { Bookkeeping } from './bookkeeping.ts'
import { systemClock } from './clock.ts'
import type { Clock } from './clock.ts'
import { hostOf } from './destination-url.ts'
import type { Destinations } from './destinations.ts'
import { Job } from './job.ts'
import type { RunEnd } from './job.ts'
import { Rate } from './rate.ts'
import type { StoredOptions } from './replay-reads.ts'
import type { ReplayReader, ReplayWriter } from './replay-store.ts'
import type { Pace } from './replay-view.ts'
import { Sender, usualPatience } from './send.ts'
import type { Patience } from './send.ts'

export interface RunsParts {
  reader: ReplayReader
  writer: ReplayWriter
  destinations: Destinations
  clock: Clock
  random?(): number
  patience?: Patience
}

interface Run {
  isHalted: boolean
  job: Job | null
  bookkeeping: Bookkeeping
  limit: number
  /** Until whoever has halted it has written that down, or can't. */
  halting: Promise<unknown>
  ended: Promise<void>
}

/** How long the end of the engine waits for requests under way, in milliseconds. */
const stopWaitMs = 5_000

/** The jobs that run right now: at most one run of each. */
export class Runs {
  readonly #parts: RunsParts
  readonly #runs = new Map<number, Run>()
  readonly #rates = new Map<number, { eventsPerSecond: number; rate: Rate }>()
  readonly #listeners = new Set<() => void>()
  #isStopping = false

  constructor(parts: RunsParts) {
    this.#parts = parts
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  announce(): void {
    for (const listener of this.#listeners) listener()
  }

  paceOf(replayId: number): Pace | null {
    const run = this.#runs.get(replayId)
    if (run === undefined || run.job === null) return null
    return { eventsPerSecond: run.job.eventsPerSecond, limit: run.limit, trouble: run.bookkeeping.trouble }
  }

  /** Starts a run, once an earlier one of the same job has come to its end. */
  begin(replayId: number): void {
    if (this.#isStopping) return
    const earlier = this.#runs.get(replayId)
    const bookkeeping = new Bookkeeping(this.#parts.clock, () => this.announce())
    const over = Promise.resolve()
    const run: Run = { isHalted: false, job: null, bookkeeping, limit: 0, halting: over, ended: over }
    this.#runs.set(replayId, run)
    run.ended = this.#run(replayId, run, earlier)
  }

  /**
   * Starts no further request from now on, and gives what `write` does once it could be written down what becomes of the
   * job: on a full disk that is when there is room. Where it never could, the job goes on.
   */
  async halt<T>(replayId: number, write: () => Promise<T>): Promise<T> {
    const run = this.#runs.get(replayId)
    if (run === undefined) return write()
    run.isHalted = true
    run.job?.stop()
    const written = run.bookkeeping.insist(write)
    run.halting = Promise.allSettled([run.halting, written])
    try {
      return await written
    } catch (error) {
      // Of two that have halted it, the first has begun it anew.
      if ((this.#runs.get(replayId) ?? run) === run) this.begin(replayId)
      throw error
    }
  }

  /** Halts all of them; what is still under way after a while is cut off, and sent again after the next start. */
  async stop(): Promise<void> {
    this.#isStopping = true
    const runs = [...this.#runs.values()]
    for (const run of runs) {
      run.isHalted = true
      run.job?.stop()
    }
    const ended = Promise.all(runs.map((run) => run.ended))
    const patience = new AbortController()
    await Promise.race([
      ended.finally(() => patience.abort()),
      // Sockets close in real time, whatever clock the jobs go by.
      systemClock(this.#parts.clock.now).sleep(stopWaitMs, patience.signal),
    ])
    for (const run of runs) run.bookkeeping.end()
    await Promise.all(runs.map((run) => run.job?.abandon()))
    await ended
  }

  async #run(replayId: number, run: Run, earlier: Run | undefined): Promise<void> {
    let end: RunEnd
    let isBroken = false
    try {
      await earlier?.ended
      end = await this.#carryOut(replayId, run)
    } catch (error) {
      // Nothing that a destination has done: the engine itself could not go on.
      isBroken = true
      end = { kind: 'trouble', message: error instanceof Error ? error.message : String(error) }
    }
    // Of a run that was halted, only whoever halted it says what becomes of the job: it may be running again by now.
    if (end.kind !== 'stopped' && !(run.isHalted && end.kind === 'trouble')) {
      const at = this.#parts.clock.now()
      const to = end.kind === 'done' ? 'done' : isBroken ? 'failed' : 'paused'
      const message = end.kind === 'done' ? null : end.message
      await run.bookkeeping
        .insist(() => this.#parts.writer.moveReplay({ replayId, from: ['running'], to, message, at }))
        .catch((error: unknown) => console.error(error))
    }
    await run.halting
    if (this.#runs.get(replayId) === run) this.#runs.delete(replayId)
    this.announce()
  }

  async #carryOut(replayId: number, run: Run): Promise<RunEnd> {
    const { reader, writer, destinations, clock, random, patience } = this.#parts
    const replay = await reader.replay({ id: replayId })
    const destination = await reader.destination({ id: replay.destination_id })
    const host = hostOf(destination.url)
    if (destination.production === 1 && host !== replay.host) {
      const message = `${destination.name} now leads to ${host}, but ${replay.host} was confirmed. Start a new replay.`
      return { kind: 'trouble', message }
    }
    const options = JSON.parse(replay.options) as StoredOptions
    run.limit = options.eventsPerSecond ?? destination.events_per_second
    const sender = new Sender({
      target: await destinations.target(destination, replay.write_key),
      rate: this.#rateOf(destination.id, run.limit),
      clock,
      random: random ?? Math.random,
      patience: patience ?? usualPatience,
    })
    const skipped = replay.tally.reduce(
      (sum, { outcome, events }) => sum + (outcome === 'skipped' ? events : 0),
      0,
    )
    run.job = new Job({
      replayId,
      events: replay.total - skipped,
      mode: destination.mode,
      concurrency: destination.concurrency,
      eventsPerSecond: run.limit,
      sender,
      reader,
      writer,
      bookkeeping: run.bookkeeping,
      clock,
      onSettled: () => this.announce(),
    })
    // Halted while it was made ready.
    if (run.isHalted) run.job.stop()
    this.announce()
    return run.job.finished
  }

  /** Jobs to the same destination share its limit. */
  #rateOf(destinationId: number, eventsPerSecond: number): Rate {
    const known = this.#rates.get(destinationId)
    if (known?.eventsPerSecond === eventsPerSecond) return known.rate
    const rate = new Rate(eventsPerSecond, this.#parts.clock)
    this.#rates.set(destinationId, { eventsPerSecond, rate })
    return rate
  }
}
