import { addAbortListener } from 'node:events'
import { Worker } from 'node:worker_threads'
import { TracksideError } from '../../../shared/contract/errors.ts'
import type { InPortions } from '../store/queries/id-windows.ts'
import { threadLimits } from '../memory.ts'
import type { Call, FromThread, ThreadError, ToThread } from './messages.ts'

function revive(error: ThreadError): Error {
  if (error.kind === 'trackside') return new TracksideError(error.code, error.data)
  const revived = new Error(error.message)
  if (error.stack !== undefined) revived.stack = error.stack
  return revived
}

/**
 * So many calls cross at once, even in the middle of a turn. A turn takes in all requests that have arrived: if none of
 * them crossed before its end, this thread and the other one would wait for each other by turns.
 */
const callsTogether = 12

/**
 * The methods of a thread as the main thread calls them. Once `signal` is aborted, nobody waits any more: the call rejects
 * with its reason, and the thread leaves what it does in portions.
 */
export type Remote<M> = {
  [K in keyof M]: M[K] extends (input: infer I) => infer O
    ? (input: I, signal?: AbortSignal) => Promise<O extends InPortions<infer Result> ? Result : Awaited<O>>
    : never
}

interface Waiting {
  resolve(value: unknown): void
  reject(error: Error): void
}

/**
 * A thread that serves `Methods`. Calls made within one turn of the event loop cross together, because the crossing
 * itself costs more than most of what it carries.
 */
export class Thread<M, Notice = never> {
  readonly call: Remote<M>
  readonly #worker: Worker
  readonly #waiting = new Map<number, Waiting>()
  readonly #noticeListeners = new Set<(notice: Notice) => void>()
  #calls: Call[] = []
  #lastTicket = 0
  #ending: Error | null = null
  readonly #exited: Promise<void>

  private constructor(worker: Worker, onLost: (error: Error) => void) {
    this.#worker = worker
    this.call = new Proxy({} as Remote<M>, {
      get: (_target, method) =>
        typeof method === 'string' && method !== 'then'
          ? (input: unknown, signal?: AbortSignal) => this.#send(method, input, signal)
          : undefined,
    })
    worker.on('message', (message: FromThread<Notice>) => {
      if (message.kind === 'replies') {
        for (const [ticket, value, error] of message.replies) {
          const waiting = this.#waiting.get(ticket)
          this.#waiting.delete(ticket)
          if (error === undefined) waiting?.resolve(value)
          else waiting?.reject(revive(error))
        }
      } else if (message.kind === 'notice') {
        for (const listener of this.#noticeListeners) listener(message.notice)
      }
    })
    let isStopping = false
    this.#exited = new Promise((resolve) => {
      let cause: Error | undefined
      worker.on('error', (error) => {
        cause = error instanceof Error ? error : new Error(String(error))
      })
      worker.on('exit', (code) => {
        isStopping = this.#ending !== null
        const ending = cause ?? this.#ending ?? new Error(`The thread ended with exit code ${code}`)
        this.#ending = ending
        for (const waiting of this.#waiting.values()) waiting.reject(ending)
        this.#waiting.clear()
        resolve()
        if (!isStopping) onLost(ending)
      })
    })
  }

  /** Resolves once the thread says it is ready; rejects with what it said when it could not start. */
  static async start<M, Notice = never>(
    module: URL,
    workerData: unknown,
    onLost: (error: Error) => void,
  ): Promise<Thread<M, Notice>> {
    const worker = new Worker(module, { workerData, resourceLimits: threadLimits })
    await new Promise<void>((resolve, reject) => {
      worker.once('message', (message: FromThread<Notice>) => {
        if (message.kind === 'refused') reject(revive(message.error))
        else resolve()
      })
      worker.once('error', reject)
    }).catch(async (error: unknown) => {
      await worker.terminate()
      throw error
    })
    worker.removeAllListeners('error')
    return new Thread<M, Notice>(worker, onLost)
  }

  onNotice(listener: (notice: Notice) => void): () => void {
    this.#noticeListeners.add(listener)
    return () => this.#noticeListeners.delete(listener)
  }

  /** Lets the thread finish what it was given, then ends it. */
  async stop(): Promise<void> {
    this.#ending ??= new TracksideError('ENGINE_STOPPED')
    this.#flush()
    this.#worker.postMessage({ kind: 'stop' } satisfies ToThread)
    await this.#exited
  }

  #send(method: string, input: unknown, signal?: AbortSignal): Promise<unknown> {
    if (this.#ending !== null) return Promise.reject(this.#ending)
    if (signal?.aborted === true) return Promise.reject(signal.reason as Error)
    this.#lastTicket += 1
    const ticket = this.#lastTicket
    if (this.#calls.length === 0) setImmediate(() => this.#flush())
    this.#calls.push([ticket, method, input])
    if (this.#calls.length >= callsTogether) this.#flush()
    const answer = new Promise((resolve, reject) => this.#waiting.set(ticket, { resolve, reject }))
    if (signal === undefined) return answer
    const leaving = addAbortListener(signal, () => this.#leave(ticket, signal.reason as Error))
    return answer.finally(() => leaving[Symbol.dispose]())
  }

  #leave(ticket: number, reason: Error): void {
    this.#waiting.get(ticket)?.reject(reason)
    this.#waiting.delete(ticket)
    // What it was asked goes first.
    this.#flush()
    this.#worker.postMessage({ kind: 'leave', ticket } satisfies ToThread)
  }

  #flush(): void {
    if (this.#calls.length === 0) return
    const calls = this.#calls
    this.#calls = []
    this.#worker.postMessage({ kind: 'calls', calls } satisfies ToThread)
  }
}
