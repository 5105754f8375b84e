/** How far back it looks, in milliseconds. */
const windowMs = 3_000

/** Counts how many events arrive a second, from what is told of the log now and then. */
export class EventRate {
  readonly #samples: { at: number; lastEventId: number }[] = []

  /**
   * Takes in the id of the latest event, `at` milliseconds of any clock, and gives the events a second since the oldest
   * sample in the window. The first one gives 0: what was there before it did not arrive now.
   */
  sample(lastEventId: number, at: number): number {
    const samples = this.#samples
    samples.push({ at, lastEventId })
    while (samples.length > 1 && at - (samples[1]?.at ?? at) > windowMs) samples.shift()
    const [first] = samples
    if (first === undefined || at === first.at) return 0
    return Math.max(0, (lastEventId - first.lastEventId) / ((at - first.at) / 1000))
  }
}
