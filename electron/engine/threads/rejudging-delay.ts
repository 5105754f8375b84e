/** How long a change of what is agreed on waits for the next one, in milliseconds. */
const restMs = 300
/** After this long the past is read anew even if changes keep coming, in milliseconds. */
const longestRestMs = 2_000

/**
 * When to begin anew with the past. Who goes through a list of severities makes one change after the other, and who
 * undoes one at once has made none: what is derived is thrown away when they have come to rest.
 */
export class RejudgingDelay {
  #since: number | null = null
  #lastChangeAt = 0

  /** `isDue` where the past was judged by something else than what is now agreed on. */
  changed(isDue: boolean, now: number): void {
    this.#since = isDue ? (this.#since ?? now) : null
    this.#lastChangeAt = now
  }

  /** Milliseconds until it is time; 0 for now. */
  waitMs(now: number): number {
    const restsUntil = Math.min(this.#lastChangeAt + restMs, (this.#since ?? now) + longestRestMs)
    return Math.max(0, restsUntil - now)
  }
}
