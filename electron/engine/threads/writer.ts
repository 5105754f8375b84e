import { workerData } from 'node:worker_threads'
import { asDataError, openForWriting } from '../store/database.ts'
import { Writer } from './writer-methods.ts'
import type { WriterNotice } from './writer-methods.ts'
import { answerCall, mainThread, threadError } from './serve.ts'
import type { Call, Reply } from './messages.ts'

// The entry of the writer thread: it owns the one connection that writes.

const main = mainThread<WriterNotice>()
const { data } = workerData as { data: string }
const explain = (error: unknown): unknown => asDataError(error, data)

function serve(writer: Writer): void {
  let waiting: Call[] = []
  let isScheduled = false
  let retry: NodeJS.Timeout | undefined
  let isStopping = false
  let isStopped = false

  function turn(): void {
    isScheduled = false
    if (isStopped) return
    if (waiting.length > 0) {
      const calls = waiting
      waiting = []
      const replies: Reply[] = []
      // Appends first and together: their senders are the ones who hang on the line.
      const appends = calls.filter((call) => call.method === 'append')
      if (appends.length > 0) replies.push(...writer.appendAll(appends))
      for (const { ticket, method, input } of calls) {
        if (method !== 'append') replies.push(answerCall(writer.methods, ticket, method, input, explain))
      }
      // What a reply promises must be known to whoever asks next, so where the log stands is told before it.
      notify()
      main.post({ kind: 'replies', replies })
    } else if (isStopping) {
      isStopped = true
      writer.close()
      main.close()
      return
    } else if (writer.hasAnalysisToDo) {
      writer.analyseSlice()
    }
    notify()
    const dueMs = writer.analysisDueMs
    if (waiting.length > 0 || isStopping || dueMs === 0) schedule()
    else if (dueMs !== null) retry ??= setTimeout(tryAgain, dueMs).unref()
  }

  function tryAgain(): void {
    retry = undefined
    schedule()
  }

  function notify(): void {
    const notice = writer.takeNotice()
    if (notice !== null) main.post({ kind: 'notice', notice })
  }

  function schedule(): void {
    if (isScheduled) return
    isScheduled = true
    setImmediate(turn)
  }

  main.onMessage((message) => {
    if (message.kind === 'stop') isStopping = true
    else waiting.push(...message.calls)
    schedule()
  })
  main.post({ kind: 'ready' })
  schedule()
}

try {
  serve(new Writer(openForWriting(data)))
} catch (error) {
  main.post({ kind: 'refused', error: threadError(explain(error)) })
}
