import { workerData } from 'node:worker_threads'
import { openForWriting, startError } from '../store/database.ts'
import { Writer } from './writer-methods.ts'
import type { WriterNotice } from './writer-methods.ts'
import { answerCall, mainThread, threadError } from './serve.ts'
import type { Call, Reply } from './messages.ts'

// The entry of the writer thread: it owns the one connection that writes.

const main = mainThread<WriterNotice>()

function serve(writer: Writer): void {
  let waiting: Call[] = []
  let isScheduled = false
  let isStopping = false
  let isStopped = false
  let resumption: NodeJS.Timeout | undefined

  function turn(): void {
    isScheduled = false
    clearTimeout(resumption)
    if (isStopped) return
    const replies: Reply[] = []
    if (waiting.length > 0) {
      const calls = waiting
      waiting = []
      // Appends first and together: their senders are the ones who hang on the line.
      const appends = calls.filter((call) => call.method === 'append')
      if (appends.length > 0) replies.push(...writer.appendAll(appends))
      for (const { ticket, method, input } of calls) {
        if (method !== 'append') replies.push(answerCall(writer.methods, ticket, method, input))
      }
    } else if (isStopping) {
      isStopped = true
      writer.close()
      main.close()
      return
    } else if (writer.hasAnalysisToDo) {
      writer.analyseSlice()
    }
    // The notice goes first: whoever has their answer finds what they have done in the status.
    const notice = writer.takeNotice()
    if (notice !== null) main.post({ kind: 'notice', notice })
    if (replies.length > 0) main.post({ kind: 'replies', replies })
    const dueIn = writer.analysisDueIn
    if (waiting.length > 0 || isStopping || dueIn === 0) schedule()
    else if (dueIn !== null) resumption = setTimeout(schedule, dueIn)
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

const { data } = workerData as { data: string }
try {
  serve(new Writer(openForWriting(data)))
} catch (error) {
  main.post({ kind: 'refused', error: threadError(startError(error, data)) })
}
