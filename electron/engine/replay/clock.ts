/** Time as replay knows it; tests bring one that does not make them wait. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number
  /** Resolves after `ms`, or as soon as `signal` is aborted: who sleeps asks the signal afterwards. */
  sleep(ms: number, signal: AbortSignal): Promise<void>
}

export function systemClock(now: () => number): Clock {
  return {
    now,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) {
          resolve()
          return
        }
        const timer = setTimeout(done, ms)
        function done(): void {
          clearTimeout(timer)
          signal.removeEventListener('abort', done)
          resolve()
        }
        signal.addEventListener('abort', done)
      }),
  }
}
