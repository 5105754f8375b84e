import type { CheckpointerMethods } from './threads/checkpointer-methods.ts'
import type { Remote } from './threads/remote.ts'
import type { Resting } from './threads/serve.ts'
import type { WriterMethods } from './threads/writer-methods.ts'

/** How long commits may gather until the next checkpoint, in milliseconds. */
const gatherMs = 100
/** Pages of 4 KB that have to wait until moving them is worth its two waits for the disk. */
const worthwhilePages = 1_000
/**
 * With so many pages, 384 MB, the write-ahead log is to begin anew. For that everybody waits for the disk, 10 to 40 ms: at
 * 1,000 calls a second that is every ten seconds, about.
 */
const longLogPages = 96_000
/** So many that are left the writer moves in two milliseconds, apart from the disk. */
const fewPages = 200
/** In a flood each round leaves as many as the one before. */
const mostRounds = 5
/** How long queries make way for that, in milliseconds: what they look at can't be moved. */
const restMs = 100

/** Sees to it that what is committed moves into the database while something is written, and rests when nothing is. */
export class Checkpoints {
  readonly #checkpointer: Remote<CheckpointerMethods>
  readonly #writer: Remote<Pick<WriterMethods, 'finishCheckpoint'>>
  readonly #reader: Remote<Resting>
  #isDue = false

  constructor(
    checkpointer: Remote<CheckpointerMethods>,
    writer: Remote<Pick<WriterMethods, 'finishCheckpoint'>>,
    reader: Remote<Resting>,
  ) {
    this.#checkpointer = checkpointer
    this.#writer = writer
    this.#reader = reader
  }

  /** Something was committed. */
  committed(): void {
    if (this.#isDue) return
    this.#isDue = true
    setTimeout(() => void this.#run(), gatherMs).unref()
  }

  async #run(): Promise<void> {
    try {
      const pages = await this.#checkpointer.checkpoint({ fromPages: worthwhilePages })
      if (pages >= longLogPages) await this.#beginAnew(pages)
    } catch {
      // A full disk, or the end of the engine: the pages are safe where they are, and the writer says what is wrong.
    }
    this.#isDue = false
  }

  /**
   * The write-ahead log begins anew with a commit that finds all of it moved. Each round leaves what was written meanwhile;
   * once that is little, the writer, for whom everybody waits, moves it.
   */
  async #beginAnew(pages: number): Promise<void> {
    let before = pages
    for (let round = 0; round < mostRounds; round += 1) {
      await this.#reader.rest({ ms: restMs })
      const after = await this.#checkpointer.checkpoint({ fromPages: 1 })
      const written = after - before
      if (written <= fewPages) break
      before = after
    }
    await this.#writer.finishCheckpoint(null)
  }
}
