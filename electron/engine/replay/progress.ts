/** How far back the pace is measured, in milliseconds. */
const windowMs = 10_000

/** How fast a job goes right now. */
export class Progress {
  readonly #now: () => number
  readonly #startedAt: number
  #marks: { at: number; events: number }[] = []

  constructor(now: () => number) {
    this.#now = now
    this.#startedAt = now()
  }

  add(events: number): void {
    const at = this.#now()
    this.#marks.push({ at, events })
    const first = this.#marks.findIndex((mark) => mark.at > at - windowMs)
    if (first > 0) this.#marks = this.#marks.slice(first)
  }

  /** Events a second over the last ten seconds; 0 before the first. */
  get eventsPerSecond(): number {
    const now = this.#now()
    const recent = this.#marks.filter((mark) => mark.at > now - windowMs)
    const events = recent.reduce((sum, mark) => sum + mark.events, 0)
    const seconds = Math.min(windowMs, Math.max(now - this.#startedAt, 100)) / 1000
    return events / seconds
  }
}
