import type { Clock } from '../../../electron/engine/replay/clock.ts'

/** A clock that jumps to the end of every sleep, so that hours of waiting pass in no time. */
export class InstantClock implements Clock {
  #now: number
  readonly sleeps: number[] = []

  constructor(now = Date.parse('2026-03-01T12:00:00.000Z')) {
    this.#now = now
  }

  now = (): number => this.#now

  sleep = async (ms: number): Promise<void> => {
    this.sleeps.push(ms)
    this.#now += Math.ceil(ms)
    // A turn of the event loop, so that what is really under way gets on.
    await new Promise((resolve) => setImmediate(resolve))
  }
}
