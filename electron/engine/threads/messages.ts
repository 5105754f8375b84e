import type { ErrorCode, ErrorData } from '../../../shared/contract/errors.ts'

// Calls and replies cross by the ten thousand a second. As objects, each would carry the names of its fields along, which
// are a good quarter of what crossing costs. So they are lists.

/** Main thread → thread. All calls of one turn travel together. */
export type ToThread =
  | { kind: 'calls'; calls: Call[] }
  /** Nobody waits for this call's answer any more. */
  | { kind: 'leave'; ticket: number }
  | { kind: 'stop' }
export type Call = [ticket: number, method: string, input: unknown]

/** Thread → main thread. `notice` is what the thread says unasked. */
export type FromThread<Notice> =
  | { kind: 'ready' }
  | { kind: 'refused'; error: ThreadError }
  | { kind: 'replies'; replies: Reply[] }
  | { kind: 'notice'; notice: Notice }
export type Reply = [ticket: number, value: unknown] | [ticket: number, value: undefined, error: ThreadError]

/** An error on its way between threads: classes do not survive the crossing. */
export type ThreadError =
  | { kind: 'trackside'; code: ErrorCode; data: ErrorData }
  | { kind: 'other'; message: string; stack: string | undefined }
