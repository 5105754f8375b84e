import { TracksideError } from '../../../shared/contract/errors.ts'

const megabyte = 1024 * 1024

/** What a request takes besides its body: headers, a socket, a place in the line. */
const requestBytes = 8 * 1024

export interface BacklogLimits {
  /** Bytes of bodies that are still coming in. */
  arrivingBytes: number
  /** Bytes of requests that wait for their commit. */
  waitingBytes: number
  /** How long a request may wait for its commit, in milliseconds. */
  waitMs: number
}

/**
 * A disk that keeps up never comes near these. SDKs give up by themselves after ten seconds: before that they are to
 * hear that it is worth trying again.
 */
const usualLimits: BacklogLimits = {
  arrivingBytes: 64 * megabyte,
  waitingBytes: 64 * megabyte,
  waitMs: 8_000,
}

/** A request that waits for its commit, and until when. */
interface Waiting {
  /** By `performance.now()`, in milliseconds. */
  until: number
  reject: (error: Error) => void
}

/** A body on its way in, with what is held of it. */
export interface Arrival {
  /** Takes so many more bytes. */
  grow(bytes: number): void
  /** Nothing of it is held any more, or it waits for its commit from now on. */
  end(): void
}

/** What capture holds in memory for senders who have no answer yet: bounded, whatever the disk does. */
export class Backlog {
  readonly limits: BacklogLimits
  readonly #arriving = new Map<Arrival, { bytes: number; refuse: () => void }>()
  /** In the order of their coming, and so of their time. */
  readonly #waiting = new Set<Waiting>()
  #timer: NodeJS.Timeout | undefined
  #arrivingBytes = 0
  #waitingBytes = 0

  constructor(limits: Partial<BacklogLimits> = {}) {
    this.limits = { ...usualLimits, ...limits }
  }

  /**
   * A body begins. `refuse` is called when it has to go because all together are too much: the largest goes first, so
   * that a few who send slowly can't keep out the many who send little.
   */
  arrive(refuse: () => void): Arrival {
    const held = { bytes: 0, refuse }
    const arrival: Arrival = {
      grow: (bytes) => {
        held.bytes += bytes
        this.#arrivingBytes += bytes
        while (this.#arrivingBytes > this.limits.arrivingBytes) this.#refuseLargest()
      },
      end: () => {
        if (this.#arriving.delete(arrival)) this.#arrivingBytes -= held.bytes
      },
    }
    this.#arriving.set(arrival, held)
    return arrival
  }

  #refuseLargest(): void {
    let largest: { arrival: Arrival; bytes: number; refuse: () => void } | null = null
    for (const [arrival, held] of this.#arriving) {
      if (largest === null || held.bytes > largest.bytes) largest = { arrival, ...held }
    }
    largest?.arrival.end()
    largest?.refuse()
  }

  /** How long after its arrival a commit may begin, in milliseconds: the rest of the wait is for the commit itself. */
  get commitMs(): number {
    return this.limits.waitMs * 0.75
  }

  /** Lets a request of so many bytes wait for its commit. Raises CAPTURE_OVERLOADED, at once or when it takes too long. */
  admit<T>(bytes: number, commit: () => Promise<T>): Promise<T> {
    if (this.#waitingBytes > 0 && this.#waitingBytes + bytes > this.limits.waitingBytes)
      return Promise.reject(new TracksideError('CAPTURE_OVERLOADED'))
    const held = bytes + requestBytes
    this.#waitingBytes += held
    return new Promise((resolve, reject) => {
      const waiting: Waiting = { until: performance.now() + this.limits.waitMs, reject }
      this.#waiting.add(waiting)
      this.#watch()
      // Though its sender may have heard of the delay by then, it is held until the writer is through with it.
      const over = (): void => {
        this.#waiting.delete(waiting)
        this.#waitingBytes -= held
      }
      commit().then(
        (value) => {
          over()
          resolve(value)
        },
        (error: unknown) => {
          over()
          reject(error instanceof Error ? error : new Error(String(error)))
        },
      )
    })
  }

  /** One timer for all, for the first that is due: they come and go by the thousand each second. */
  #watch(): void {
    if (this.#timer !== undefined) return
    const [first] = this.#waiting
    if (first === undefined) return
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined
        const now = performance.now()
        for (const waiting of this.#waiting) {
          if (waiting.until > now) break
          this.#waiting.delete(waiting)
          waiting.reject(new TracksideError('CAPTURE_OVERLOADED'))
        }
        this.#watch()
      },
      Math.max(1, first.until - performance.now()),
    )
    // A request that waits has a socket, which keeps the process as long as it is needed.
    this.#timer.unref()
  }
}
