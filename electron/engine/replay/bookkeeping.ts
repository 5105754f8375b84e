import { TracksideError } from '../../../shared/contract/errors.ts'
import type { ErrorCode } from '../../../shared/contract/errors.ts'
import type { Clock } from './clock.ts'

/** How long until what could not be written down is tried again, in milliseconds. */
const waitMs = 1000
/** How often, where it is not known to pass. */
const attempts = 30
/** A full disk has room again, a program that holds a lock lets go, a file is put back: whenever a person does it. */
const passing: readonly ErrorCode[] = ['DATA_UNWRITABLE', 'DATABASE_LOCKED', 'DATABASE_GONE']

const isPassing = (error: unknown): boolean => error instanceof TracksideError && passing.includes(error.code)

/**
 * Reads what a job has to send and writes down what has become of it, however long that can't be done: a job that gave
 * up would forget what its destination has acknowledged, and send it again.
 */
export class Bookkeeping {
  readonly #clock: Clock
  readonly #onChange: () => void
  readonly #ending = new AbortController()
  #trouble: string | null = null

  constructor(clock: Clock, onChange: () => void) {
    this.#clock = clock
    this.#onChange = onChange
  }

  /** Why it waits right now, in words for a person. */
  get trouble(): string | null {
    return this.#trouble
  }

  /** Does it again until it works. Raises what `work` does, once there is no more hope. */
  async insist<T>(work: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const written = await work()
        this.#say(null)
        return written
      } catch (error) {
        const isHopeless = attempt >= attempts && !isPassing(error)
        if (isHopeless || this.#ending.signal.aborted) throw error
        this.#say(error instanceof Error ? error.message : String(error))
        await this.#clock.sleep(waitMs, this.#ending.signal)
      }
    }
  }

  /** Waits no longer: what can't be written down now is not. */
  end(): void {
    this.#ending.abort()
  }

  #say(trouble: string | null): void {
    if (this.#trouble === trouble) return
    this.#trouble = trouble
    this.#onChange()
  }
}
