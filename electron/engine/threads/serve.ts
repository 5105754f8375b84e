import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import type Database from 'better-sqlite3'
import { TracksideError } from '../../../shared/contract/errors.ts'
import { asDataError, presenceOf } from '../store/database.ts'
import { isInPortions } from '../store/queries/id-windows.ts'
import type { InPortions } from '../store/queries/id-windows.ts'
import type { Call, FromThread, Reply, ThreadError, ToThread } from './messages.ts'

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
 * `explain` turns it into what the caller is to hear; `allow` raises what keeps the method from being called at all.
 */
export function answerCall(
  methods: object,
  [ticket, method, input]: Call,
  explain: (error: unknown) => unknown,
  allow: (method: string) => void,
): Reply {
  try {
    allow(method)
    const run: unknown = Object.hasOwn(methods, method) ? Reflect.get(methods, method) : undefined
    if (typeof run !== 'function') throw new Error(`This thread has no method ${method}`)
    return [ticket, Reflect.apply(run, methods, [input]) as unknown]
  } catch (error) {
    return [ticket, undefined, threadError(explain(error))]
  }
}

/**
 * SQLite goes on with a file that was moved or deleted: what it then reads nobody else sees, what it writes is lost. So
 * whoever asks hears DATABASE_GONE, but for the methods `without`, which say how the engine is or touch no file.
 */
export function unlessGone(
  database: Database.Database,
  without: readonly string[],
): (method: string) => void {
  const isPresent = presenceOf(database)
  return (method) => {
    if (!without.includes(method) && !isPresent())
      throw new TracksideError('DATABASE_GONE', { file: database.name })
  }
}

/** After so many milliseconds of work on one answer the others have their turn. */
const turnMs = 10
/** Without a reader for so long, in milliseconds, the writer can begin its write-ahead log anew. */
const pauseMs = 1

/** What every thread that serves a database can be asked for. */
export interface Resting {
  /** Has it begin no further portion of a long answer for so many milliseconds: nobody then holds on to the past. */
  rest(input: { ms: number }): void
}

/**
 * Serves methods over a connection of this thread's own until it is told to stop; answers in portions make way.
 * `closeFirst` takes what is to be closed before the connection.
 */
export function serveDatabase(
  open: (data: string) => Database.Database,
  methodsOf: (database: Database.Database, closeFirst: (part: { close(): void }) => void) => object,
  withoutFile: readonly string[] = [],
): void {
  const main = mainThread<never>()
  const { data } = workerData as { data: string }
  const explain = (error: unknown): unknown => asDataError(error, data)
  let isStopped = false
  let restsUntil = 0
  /** Calls that are answered in portions, and that somebody still waits for. */
  const underWay = new Set<number>()

  async function pause(): Promise<void> {
    let ms = pauseMs
    do {
      await new Promise((resolve) => setTimeout(resolve, ms))
      ms = restsUntil - performance.now()
    } while (ms > 0 && !isStopped)
  }

  /** null where the thread was stopped meanwhile, or where nobody waits any more. */
  async function finish(ticket: number, work: InPortions<unknown>): Promise<Reply | null> {
    underWay.add(ticket)
    let begin = performance.now()
    try {
      for (;;) {
        const step = work.next()
        if (step.done === true) return [ticket, step.value]
        if (performance.now() - begin < turnMs) continue
        await pause()
        if (isStopped || !underWay.has(ticket)) return null
        begin = performance.now()
      }
    } catch (error) {
      return [ticket, undefined, threadError(explain(error))]
    } finally {
      underWay.delete(ticket)
    }
  }

  async function settle(ticket: number, answer: Promise<unknown>): Promise<Reply | null> {
    try {
      const value = await answer
      return isStopped ? null : [ticket, value]
    } catch (error) {
      return isStopped ? null : [ticket, undefined, threadError(explain(error))]
    }
  }

  const post = (reply: Reply): void => main.post({ kind: 'replies', replies: [reply] })
  const postUnlessStopped = (reply: Reply | null): void => {
    if (reply !== null) post(reply)
  }

  try {
    const database = open(data)
    const resting: Resting = { rest: ({ ms }) => void (restsUntil = performance.now() + ms) }
    const parts: { close(): unknown }[] = [database]
    const methods = { ...methodsOf(database, (part) => parts.unshift(part)), ...resting }
    const allow = unlessGone(database, withoutFile)
    main.onMessage((message) => {
      if (message.kind === 'stop') {
        isStopped = true
        for (const part of parts) part.close()
        main.close()
        return
      }
      if (message.kind === 'leave') {
        underWay.delete(message.ticket)
        return
      }
      for (const call of message.calls) {
        const reply = answerCall(methods, call, explain, allow)
        const [ticket, value] = reply
        if (isInPortions(value)) void finish(ticket, value).then(postUnlessStopped)
        else if (value instanceof Promise) void settle(ticket, value).then(postUnlessStopped)
        else post(reply)
      }
    })
    main.post({ kind: 'ready' })
  } catch (error) {
    main.post({ kind: 'refused', error: threadError(explain(error)) })
  }
}
