import type Database from 'better-sqlite3'
import { attachSearch, detachSearch, ensureSearch, isDamage, openForIndexing } from '../store/search-file.ts'
import { LogIndexer } from './log-indexer.ts'

interface Open {
  database: Database.Database
  indexer: LogIndexer
}

/**
 * The index of a log's words beside a connection to that log, whose queries look words up in it. One that is damaged, or of
 * another log, is taken away and made anew; where none can be had, queries look at each event.
 */
export class WordIndex {
  readonly #log: Database.Database
  #open: Open | null

  constructor(log: Database.Database) {
    this.#log = log
    this.#open = this.#begin(false)
    if (this.#open?.indexer.isOfThisLog === false) this.#remake()
  }

  /** The index has all words up to this event id. */
  get upTo(): number {
    return this.#open?.indexer.upTo ?? 0
  }

  /**
   * Indexes events up to the id `last`, which the log has reached, until `isOver`; gives back whether there are more of
   * them. Raises SQLite's errors of the disk, after which the index is as before.
   */
  slice(last: number, isOver: () => boolean): boolean {
    try {
      if (this.#open?.indexer.isOfThisLog === false) this.#remake()
      return this.#open?.indexer.slice(last, isOver) ?? false
    } catch (error) {
      if (!this.mend(error)) throw error
      return true
    }
  }

  /** After a failure: whether the index was to blame, and not the log, and is another one now. */
  mend(error: unknown): boolean {
    if (this.#open === null || !isDamage(error) || !isDamaged(this.#open.database, error)) return false
    this.#remake()
    return true
  }

  close(): void {
    detachSearch(this.#log)
    this.#open?.database.close()
    this.#open = null
  }

  #remake(): void {
    this.close()
    this.#open = this.#begin(true)
  }

  #begin(isAnew: boolean): Open | null {
    let database: Database.Database | undefined
    try {
      database = openForIndexing(this.#log, isAnew)
      const indexer = new LogIndexer(database)
      attachSearch(this.#log)
      return { database, indexer }
    } catch (error) {
      database?.close()
      console.error('Words are looked for without an index, which takes longer:', error)
      ensureSearch(this.#log)
      return null
    }
  }
}

function isDamaged(index: Database.Database, error: unknown): boolean {
  // Nothing else is a virtual table.
  if (error instanceof Error && 'code' in error && error.code === 'SQLITE_CORRUPT_VTAB') return true
  try {
    return index.pragma('main.quick_check(1)', { simple: true }) !== 'ok'
  } catch {
    return true
  }
}
