import type { CheckpointerMethods } from './threads/checkpointer-methods.ts'
import type { Remote } from './threads/remote.ts'

/** How long commits may gather until the next checkpoint, in milliseconds. */
const gatherMs = 100

/** Sees to it that what is committed moves into the database while something is written, and rests when nothing is. */
export class Checkpoints {
  readonly #checkpointer: Remote<CheckpointerMethods>
  #isDue = false

  constructor(checkpointer: Remote<CheckpointerMethods>) {
    this.#checkpointer = checkpointer
  }

  /** Something was committed. */
  committed(): void {
    if (this.#isDue) return
    this.#isDue = true
    setTimeout(() => void this.#run(), gatherMs).unref()
  }

  async #run(): Promise<void> {
    try {
      await this.#checkpointer.checkpoint(null)
    } catch {
      // A full disk, or the end of the engine: the pages are safe where they are, and the writer says what is wrong.
    }
    this.#isDue = false
  }
}
