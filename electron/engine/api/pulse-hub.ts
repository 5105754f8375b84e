import type { Pulse } from '../../../shared/contract/schemas.ts'

/** How often one listener hears of changes at most, in milliseconds. */
const restMs = 50

/**
 * Tells listeners that something has moved, never what: each then reads at its own pace. A listener that is slow
 * misses beats, not events, and holds up nobody.
 */
export class PulseHub {
  #pulse: Pulse
  readonly #listeners = new Set<() => void>()
  #hasEnded = false

  constructor(first: Pulse) {
    this.#pulse = first
  }

  get current(): Pulse {
    return this.#pulse
  }

  update(change: Partial<Pulse>): void {
    this.#pulse = { ...this.#pulse, ...change }
    for (const wake of this.#listeners) wake()
  }

  /** Lets every listener of `beats` come to its end, because the engine stops. */
  end(): void {
    this.#hasEnded = true
    for (const wake of this.#listeners) wake()
  }

  /** The pulse as it is now, then after each change; ends when `signal` or the engine does. */
  async *beats(signal?: AbortSignal): AsyncGenerator<Pulse, void, undefined> {
    let seen: Pulse | null = null
    const hasEnded = (): boolean => this.#hasEnded || signal?.aborted === true
    while (!hasEnded()) {
      if (seen === this.#pulse) await this.#change(signal)
      if (hasEnded()) return
      seen = this.#pulse
      yield seen
      await rest(signal)
    }
  }

  /** Resolves at the next change, when `signal` ends, or after `timeoutMs`. */
  #change(signal?: AbortSignal, timeoutMs?: number): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        this.#listeners.delete(done)
        signal?.removeEventListener('abort', done)
        clearTimeout(timer)
        resolve()
      }
      const timer = timeoutMs === undefined ? undefined : setTimeout(done, timeoutMs)
      this.#listeners.add(done)
      signal?.addEventListener('abort', done)
    })
  }

  /** Whether `holds` became true before `timeoutMs` was over; it is asked again after each change. */
  async until(holds: (pulse: Pulse) => Promise<boolean> | boolean, timeoutMs: number, signal?: AbortSignal) {
    const end = performance.now() + timeoutMs
    for (;;) {
      const asked = this.#pulse
      if (await holds(asked)) return true
      const left = end - performance.now()
      if (left <= 0 || signal?.aborted || this.#hasEnded) return false
      if (asked === this.#pulse) await this.#change(signal, left)
    }
  }
}

function rest(signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, restMs)
    function done(): void {
      clearTimeout(timer)
      signal?.removeEventListener('abort', done)
      resolve()
    }
    signal?.addEventListener('abort', done)
  })
}
