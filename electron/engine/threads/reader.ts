import type Database from 'better-sqlite3'
import { openForReading } from '../store/database.ts'
import { openForIndexing } from '../store/search-file.ts'
import { indexerMethods, withoutIndex } from './indexer-methods.ts'
import type { IndexerMethods } from './indexer-methods.ts'
import { makeWay, standBack } from './priority.ts'
import { readerMethods } from './reader-methods.ts'
import { serveDatabase } from './serve.ts'

// The entry of the reader thread: a slow query here never delays a capture. It keeps the index of words for itself.

standBack()
serveDatabase(
  openForReading,
  (database, alsoClose) => {
    // Before the queries, which look for its file.
    const indexer = beginIndexing(database, alsoClose)
    return { ...readerMethods(database, makeWay), ...indexer }
  },
  ['summary', 'failedRules'],
)

function beginIndexing(
  log: Database.Database,
  alsoClose: (database: Database.Database) => void,
): IndexerMethods {
  try {
    const database = openForIndexing(log)
    alsoClose(database)
    return indexerMethods(database)
  } catch (error) {
    console.error('Words are looked for without an index, which takes longer:', error)
    return withoutIndex
  }
}
