import { TracksideError } from '../../shared/contract/errors.ts'
import type { IndexerMethods } from './threads/indexer-methods.ts'
import type { Remote } from './threads/remote.ts'

/** How long events may gather until their words are indexed, in milliseconds. A query looks at those few by itself. */
const gatherMs = 200
/** How long it rests after it has failed, in milliseconds. */
const pauseMs = 1_000

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
    } catch (error) {
      if (error instanceof TracksideError && error.code === 'ENGINE_STOPPED') return
      // A full disk, say. Words are found all the same.
      setTimeout(() => void this.#run(), pauseMs).unref()
      return
    }
    this.#isDue = false
    if (this.#analysedUpTo !== upTo) this.follow(this.#analysedUpTo)
  }
}
