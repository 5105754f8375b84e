import type { IndexerMethods } from './threads/indexer-methods.ts'
import type { Remote } from './threads/remote.ts'

/** How long events may gather until their words are indexed, in milliseconds. A query looks at those few by itself. */
const gatherMs = 200

/** Has the index of words follow analysis, which makes way for senders: so it makes way for them, too. */
export class Indexing {
  readonly #indexer: Remote<IndexerMethods>
  #analysedUpTo = 0
  #isDue = false

  constructor(indexer: Remote<IndexerMethods>) {
    this.#indexer = indexer
  }

  /** Analysis has come to this event id. */
  follow(analysedUpTo: number): void {
    this.#analysedUpTo = analysedUpTo
    if (this.#isDue) return
    this.#isDue = true
    setTimeout(() => void this.#run(), gatherMs).unref()
  }

  async #run(): Promise<void> {
    const upTo = this.#analysedUpTo
    try {
      await this.#indexer.index({ upTo })
    } catch {
      // A full disk, or the end of the engine: words are found without the index, and it goes on with the next events.
      return
    } finally {
      this.#isDue = false
    }
    if (this.#analysedUpTo !== upTo) this.follow(this.#analysedUpTo)
  }
}
