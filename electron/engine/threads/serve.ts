import { parentPort, receiveMessageOnPort } from 'node:worker_threads'
import { TracksideError } from '../../../shared/contract/errors.ts'
import type { FromThread, Reply, ThreadError, ToThread } from './messages.ts'

export function threadError(error: unknown): ThreadError {
  if (error instanceof TracksideError) return { kind: 'trackside', code: error.code, data: error.data }
  if (error instanceof Error) return { kind: 'other', message: error.message, stack: error.stack }
  return { kind: 'other', message: String(error), stack: undefined }
}

/** This thread's side of the line to the main thread. */
export function mainThread<Notice>(): {
  post(message: FromThread<Notice>): void
  onMessage(listener: (message: ToThread) => void): void
  /** In the middle of something: a message that has arrived by now, which then goes to no listener. */
  takeMessage(): ToThread | null
  close(): void
} {
  const port = parentPort
  if (port === null) throw new Error('This module is the entry of a worker thread')
  return {
    post: (message) => port.postMessage(message),
    onMessage: (listener) => port.on('message', listener),
    takeMessage: () => {
      const taken = receiveMessageOnPort(port) as { message: ToThread } | undefined
      return taken?.message ?? null
    },
    close: () => port.close(),
  }
}

/**
 * Answers one call: finds its method and catches what it throws, so that one bad call never ends the thread.
 * `explain` turns it into what the caller is to hear.
 */
export function answerCall(
  methods: object,
  ticket: number,
  method: string,
  input: unknown,
  explain: (error: unknown) => unknown,
): Reply {
  try {
    const run: unknown = Object.hasOwn(methods, method) ? Reflect.get(methods, method) : undefined
    if (typeof run !== 'function') throw new Error(`This thread has no method ${method}`)
    return { ticket, value: Reflect.apply(run, methods, [input]) as unknown }
  } catch (error) {
    return { ticket, error: threadError(explain(error)) }
  }
}
