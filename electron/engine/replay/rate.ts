import type { Clock } from './clock.ts'

/**
 * Lets so many events a second through, evenly: each batch pushes the next one back by the time that its events are
 * worth. What was not used is not saved up, so that a job that slept does not make up for it with a burst.
 */
export class Rate {
  readonly #eventsPerSecond: number
  readonly #clock: Clock
  #next = 0

  constructor(eventsPerSecond: number, clock: Clock) {
    this.#eventsPerSecond = eventsPerSecond
    this.#clock = clock
  }

  /** Resolves when `events` may go, or when `signal` is aborted. */
  async take(events: number, signal: AbortSignal): Promise<void> {
    const now = this.#clock.now()
    const turn = Math.max(now, this.#next)
    const worth = (events / this.#eventsPerSecond) * 1000
    this.#next = turn + worth
    if (turn === now) return
    await this.#clock.sleep(turn - now, signal)
    // Nothing goes: a job that is paused and resumed does not wait for the turns that it has given up.
    if (signal.aborted && this.#clock.now() < turn) this.#next -= worth
  }
}
