import type Database from 'better-sqlite3'
import { LogIndexer } from '../search/log-indexer.ts'

/** What the main thread can ask of whoever keeps the index of words. */
export interface IndexerMethods {
  /** Takes a slice of the events up to this id into the index; gives back whether there are more of them. */
  index(input: { upTo: number }): boolean
}

/**
 * How long a slice is, in milliseconds: queries wait for so long. Each makes a segment of the index, which has to be
 * merged, and writes its pages.
 */
const sliceMs = 20

/** On a connection from `openForIndexing`. */
export function indexerMethods(database: Database.Database): IndexerMethods {
  const indexer = new LogIndexer(database)
  return {
    index({ upTo }) {
      const end = performance.now() + sliceMs
      return indexer.slice(upTo, () => performance.now() >= end)
    },
  }
}

/** Where no index can be kept: queries look at each event by themselves. */
export const withoutIndex: IndexerMethods = { index: () => false }
