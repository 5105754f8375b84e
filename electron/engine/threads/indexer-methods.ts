import type Database from 'better-sqlite3'
import { LogIndexer } from '../search/log-indexer.ts'
import type { InPortions } from '../store/queries/id-windows.ts'

/** What the main thread can ask of whoever keeps the index of words. */
export interface IndexerMethods {
  /** Takes all events up to this id, which the log has reached, into the index. */
  index(input: { upTo: number }): InPortions<void>
}

/**
 * How long a slice is, in milliseconds: queries wait for so long. Each makes a segment of the index, which has to be
 * merged, and writes its pages.
 */
const sliceMs = 20

/** On a connection from `openForIndexing`. */
export function indexerMethods(database: Database.Database): IndexerMethods {
  const indexer = new LogIndexer(database)
  function slice(upTo: number): boolean {
    const end = performance.now() + sliceMs
    return indexer.slice(upTo, () => performance.now() >= end)
  }
  return {
    *index({ upTo }) {
      while (slice(upTo)) yield
    },
  }
}

/** Where no index can be kept: queries look at each event by themselves. */
export const withoutIndex: IndexerMethods = {
  *index() {
    // There is nothing to be done.
  },
}
