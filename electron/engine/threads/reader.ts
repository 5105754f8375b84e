import { openForReading } from '../store/database.ts'
import { standBack } from './priority.ts'
import { readerMethods } from './reader-methods.ts'
import { serveDatabase } from './serve.ts'

// The entry of the reader thread: a slow query here never delays a capture.

standBack()
serveDatabase(openForReading, readerMethods, ['summary', 'failedRules'])
