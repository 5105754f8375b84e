import type Database from 'better-sqlite3'
import { LogRows } from '../store/log-rows.ts'
import type { LogRow } from '../store/log-rows.ts'
import { isOfThisLog } from '../store/search-partitions.ts'
import { wordsOf } from './event-words.ts'
import { SearchIndex } from './search-index.ts'

/** How many rows are read at once: few at first, because a slice may be short. */
const rowsPerRead = { first: 16, most: 64 }

/** Follows the log with the index of its words, in slices: each is one transaction that moves the progress with it. */
export class LogIndexer {
  readonly #database: Database.Database
  readonly #log: LogRows
  readonly #index: SearchIndex
  readonly #statements: ReturnType<typeof prepare>

  /** On a connection from `openForIndexing`. */
  constructor(database: Database.Database) {
    this.#database = database
    this.#log = new LogRows(database)
    this.#index = new SearchIndex(database)
    this.#statements = prepare(database)
  }

  /** The index has all words up to this event id. */
  get upTo(): number {
    return this.#statements.progress.get()?.up_to ?? 0
  }

  /** Whether it is an index of this log: it may be one of another, or of what this one was before something was deleted. */
  get isOfThisLog(): boolean {
    return this.#statements.isOfThisLog.get() === 1
  }

  /**
   * Indexes events up to the id `last`, which the log has reached, one after the other until `isOver`; gives back whether
   * there are more of them.
   * Raises SQLite's errors: what is in the index then is what was there before.
   */
  slice(last: number, isOver: () => boolean): boolean {
    const from = this.upTo
    if (from >= last) return false
    try {
      const reached = this.#database.transaction(() => {
        const id = this.#add(from, last, isOver)
        this.#index.flush()
        this.#statements.reach.run(id)
        return id
      })()
      return reached < last
    } catch (error) {
      this.#index.forget()
      throw error
    }
  }

  /** Gives back the id up to which it has come. */
  #add(from: number, last: number, isOver: () => boolean): number {
    let reached = from
    for (let limit = rowsPerRead.first; ; limit = Math.min(2 * limit, rowsPerRead.most)) {
      const rows = this.#read(reached, limit)
      // Deleted events leave gaps: the rest of the ids is gone.
      if (rows.length === 0) return last
      for (const row of rows) {
        if (row.id > last) return last
        if ('accepted' in row) this.#index.add(row.id, wordsOf(row))
        reached = row.id
        if (isOver()) return reached
      }
    }
  }

  /** A row that can't be read has no words, and does not keep the others from having theirs. */
  #read(after: number, limit: number): (LogRow | { id: number })[] {
    try {
      return this.#log.read(after, limit)
    } catch {
      return limit > 1 ? this.#read(after, 1) : this.#log.ids(after, 1)
    }
  }
}

function prepare(database: Database.Database) {
  return {
    isOfThisLog: database
      .prepare<[], number>(`SELECT EXISTS (SELECT 1 FROM search_progress WHERE ${isOfThisLog})`)
      .pluck(),
    progress: database.prepare<[], { up_to: number }>('SELECT up_to FROM search_progress'),
    reach: database.prepare<[number]>('UPDATE search_progress SET up_to = ?'),
  }
}
