import { openForReading } from '../store/database.ts'
import { makeWay, standBack } from './priority.ts'
import { readerMethods } from './reader-methods.ts'
import { serveDatabase } from './serve.ts'

// The entry of the reader thread: a slow query here never delays a capture.

standBack()
serveDatabase(openForReading, (database) => readerMethods(database, makeWay), ['summary', 'failedRules'])
