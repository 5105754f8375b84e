import { workerData } from 'node:worker_threads'
import { asDataError, openForReading } from '../store/database.ts'
import { readerMethods } from './reader-methods.ts'
import { answerCall, mainThread, threadError } from './serve.ts'

// The entry of the reader thread: a slow query here never delays a capture.

const main = mainThread<never>()

const { data } = workerData as { data: string }
const explain = (error: unknown): unknown => asDataError(error, data)
try {
  const database = openForReading(data)
  const methods = readerMethods(database)
  main.onMessage((message) => {
    if (message.kind === 'stop') {
      database.close()
      main.close()
      return
    }
    for (const { ticket, method, input } of message.calls) {
      main.post({ kind: 'replies', replies: [answerCall(methods, ticket, method, input, explain)] })
    }
  })
  main.post({ kind: 'ready' })
} catch (error) {
  main.post({ kind: 'refused', error: threadError(explain(error)) })
}
