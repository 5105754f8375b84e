import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const running = new Set<ChildProcess>()
// However the benchmark ends, nothing that it has started goes on.
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

/** Has the process killed when the benchmark ends, unless it has ended by then. */
export function keepTrackOf(child: ChildProcess): void {
  running.add(child)
  child.once('exit', () => running.delete(child))
}

/** Ends it at once and waits until it is gone. */
export async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGKILL')
  await once(child, 'exit')
}

/** A module of this folder as a process of its own; it speaks first. `T` is what it says. */
export class Child<T> {
  readonly #process: ChildProcess

  constructor(module: string, input: unknown) {
    const file = fileURLToPath(new URL(module, import.meta.url))
    this.#process = fork(file, [JSON.stringify(input)], { serialization: 'advanced' })
    keepTrackOf(this.#process)
  }

  get pid(): number {
    return this.#process.pid ?? 0
  }

  /** Starts it, waits for the one thing that it has to say, and ends it. */
  static async result<T>(module: string, input: unknown): Promise<T> {
    const child = new Child<T>(module, input)
    try {
      return await child.next()
    } finally {
      await child.kill()
    }
  }

  /** What it says next; rejects when it ends without a word. */
  async next(): Promise<T> {
    const left = new AbortController()
    try {
      return await Promise.race([
        once(this.#process, 'message', { signal: left.signal }).then(([message]) => message as T),
        once(this.#process, 'exit', { signal: left.signal }).then(([code]) => {
          throw new Error(`${this.#process.spawnargs[1]} ended with exit code ${String(code)}`)
        }),
      ])
    } finally {
      left.abort()
    }
  }

  /** Asks it something, and gives back what it says. */
  ask(question: unknown): Promise<T> {
    const answer = this.next()
    this.#process.send(question as object)
    return answer
  }

  kill(): Promise<void> {
    return kill(this.#process)
  }
}
