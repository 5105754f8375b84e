import type Database from 'better-sqlite3'
import { markedTokens } from '../../../shared/query/tokens.ts'
import { partitionOf, partitionPrefix } from '../store/search-partitions.ts'

/**
 * Rows of the index that merging may write for each event that is added: twice what is needed in the long run. A row is a
 * page or a term's place in it.
 */
const mergedRowsEach = 2
/** What was not used is saved up to so many rows. */
const savedRows = 64

/**
 * The words of events, as an index. Each slice merges a little of it. FTS5 stops only between two words: what one takes
 * beyond its share, the slices after it have less to spend.
 */
export class SearchIndex {
  readonly #add: Database.Statement<[number, string]>
  readonly #addPartition: Database.Statement<[number, string]>
  readonly #merge: Database.Statement<[number]>
  readonly #written: Database.Statement<[], number>
  /** The one that the latest words went to; null until that is known. */
  #partition: { number: number; prefix: string } | null = null
  #added = 0
  /** Rows that may be written; below zero what was written too many. */
  #budget = 0

  constructor(database: Database.Database) {
    this.#add = database.prepare('INSERT INTO search (rowid, text) VALUES (?, ?)')
    this.#addPartition = database.prepare(
      'INSERT INTO search_partition (number, prefix) VALUES (?, ?) ON CONFLICT DO NOTHING',
    )
    this.#merge = database.prepare("INSERT INTO search (search, rank) VALUES ('merge', CAST(? AS INTEGER))")
    this.#written = database.prepare<[], number>('SELECT total_changes()').pluck()
  }

  add(eventId: number, text: string): void {
    this.#add.run(eventId, markedTokens(text, this.#prefixFor(eventId)))
    this.#added += 1
  }

  /** Does this slice's share of the merging. */
  flush(): void {
    const share = this.#added * mergedRowsEach
    this.#added = 0
    this.#budget = Math.min(this.#budget + share, Math.max(share, savedRows))
    if (share === 0 || this.#budget < 1) return
    const before = this.#written.get() ?? 0
    this.#merge.run(this.#budget)
    this.#budget -= (this.#written.get() ?? 0) - before
  }

  /** After a slice was rolled back. */
  forget(): void {
    this.#partition = null
    this.#added = 0
  }

  #prefixFor(eventId: number): string {
    const number = partitionOf(eventId)
    if (this.#partition?.number === number) return this.#partition.prefix
    const prefix = partitionPrefix(number)
    this.#addPartition.run(number, prefix)
    this.#partition = { number, prefix }
    return prefix
  }
}
