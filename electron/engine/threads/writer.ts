import { workerData } from 'node:worker_threads'
import { TracksideError } from '../../../shared/contract/errors.ts'
import { english } from '../analysis/english.ts'
import { unpack } from '../capture/packed-request.ts'
import type { PackedRequest } from '../capture/packed-request.ts'
import { asDataError, openForWriting } from '../store/database.ts'
import { Writer } from './writer-methods.ts'
import type { AppendCall, WriterNotice } from './writer-methods.ts'
import { AnalysisPace, longestSliceMs, overdueSliceMs } from './analysis-pace.ts'
import type { Call, Reply, ToThread } from './messages.ts'
import { answerCall, mainThread, threadError, unlessGone } from './serve.ts'

// The entry of the writer thread: it owns the one connection that writes.

const main = mainThread<WriterNotice>()
const { data } = workerData as { data: string }
const explain = (error: unknown): unknown => asDataError(error, data)

function expired(ticket: number): Reply {
  return [ticket, undefined, threadError(new TracksideError('CAPTURE_OVERLOADED'))]
}

function serve(writer: Writer, allow: (method: string) => void): void {
  const pace = new AnalysisPace(() => performance.now())
  let waiting: Call[] = []
  let isScheduled = false
  let isStopping = false
  let isStopped = false
  let resumption: NodeJS.Timeout | undefined

  function turn(): void {
    isScheduled = false
    clearTimeout(resumption)
    if (isStopped) return
    const begin = performance.now()
    const isAsked = waiting.length > 0
    let replies: Reply[] = []
    if (isAsked) {
      replies = answersToWaiting()
    } else if (isStopping) {
      isStopped = true
      writer.close()
      main.close()
      return
    } else if (analysisDueIn() === 0) {
      analyse()
    }
    // The notice goes first: whoever has their answer finds what they have done in the status.
    const notice = writer.takeNotice()
    if (notice !== null) main.post({ kind: 'notice', notice })
    if (replies.length > 0) main.post({ kind: 'replies', replies })
    if (isAsked) pace.answered(performance.now() - begin)
    const dueIn = analysisDueIn()
    if (waiting.length > 0 || isStopping || dueIn === 0) schedule()
    else if (dueIn !== null) resumption = setTimeout(schedule, dueIn)
  }

  function answersToWaiting(): Reply[] {
    const calls = waiting
    waiting = []
    const replies: Reply[] = []
    // Appends first and together: their senders are the ones who hang on the line.
    const appends: AppendCall[] = []
    const now = Date.now()
    for (const [ticket, method, input] of calls) {
      if (method !== 'append') continue
      const raw = unpack(input as PackedRequest)
      if (now > raw.expiresAt) replies.push(expired(ticket))
      else appends.push({ ticket, raw })
    }
    if (appends.length > 0) replies.push(...writer.appendAll(appends))
    for (const call of calls) {
      if (call[1] !== 'append') replies.push(answerCall(writer.methods, call, explain, allow))
    }
    return replies
  }

  function analyse(): void {
    const isOverdue = pace.isOverdue
    pace.begin(writer.analysisBehind)
    writer.analyseSlice(isOverdue ? overdueSliceMs : longestSliceMs, () => {
      if (pace.isHalfWay) {
        takeMessages()
        pace.halfWay(waiting.length)
      }
      return !isOverdue && pace.mayMakeWay && somethingWaits()
    })
    takeMessages()
    pace.end(waiting.length, writer.analysisDueIn === null)
  }

  /** Milliseconds until analysis has something to do and may do it; null while it has nothing. */
  function analysisDueIn(): number | null {
    const dueIn = writer.analysisDueIn
    return dueIn === null ? null : Math.max(dueIn, pace.waitMs)
  }

  function somethingWaits(): boolean {
    takeMessages()
    return waiting.length > 0 || isStopping
  }

  function takeMessages(): void {
    for (let message = main.takeMessage(); message !== null; message = main.takeMessage()) take(message)
  }

  function take(message: ToThread): void {
    if (message.kind === 'stop') isStopping = true
    // What somebody has asked to be written is written, whether they wait for it or not.
    else if (message.kind === 'calls') waiting.push(...message.calls)
  }

  function schedule(): void {
    if (isScheduled) return
    isScheduled = true
    setImmediate(turn)
  }

  main.onMessage((message) => {
    take(message)
    schedule()
  })
  main.post({ kind: 'ready' })
  schedule()
}

try {
  const database = openForWriting(data)
  // Loads the dictionary now: the call that brings the first name would wait for it.
  english.infinitive('begin')
  serve(new Writer(database), unlessGone(database, ['position', 'setFaults']))
} catch (error) {
  main.post({ kind: 'refused', error: threadError(explain(error)) })
}
