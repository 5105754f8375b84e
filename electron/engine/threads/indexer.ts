import { openForIndexing } from '../store/search-file.ts'
import { indexerMethods } from './indexer-methods.ts'
import { standBack } from './priority.ts'
import { serveDatabase } from './serve.ts'

// The entry of the indexer thread: it keeps the index of words, so that the writer has the time for what waits for it.

standBack()
serveDatabase(openForIndexing, indexerMethods)
