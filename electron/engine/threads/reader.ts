import { WordIndex } from '../search/word-index.ts'
import { openForReading } from '../store/database.ts'
import { indexerMethods, mending } from './indexer-methods.ts'
import { makeWay, standBack } from './priority.ts'
import { readerMethods } from './reader-methods.ts'
import { serveDatabase } from './serve.ts'

// The entry of the reader thread: a slow query here never delays a capture. It keeps the index of words for itself.

standBack()
serveDatabase(
  openForReading,
  (database, closeFirst) => {
    const index = new WordIndex(database)
    closeFirst(index)
    return { ...mending(readerMethods(database, makeWay), index), ...indexerMethods(index) }
  },
  ['summary', 'failedRules'],
)
