import type Database from 'better-sqlite3'
import type { JsonObject } from '../../../shared/event.ts'
import type { NormalisedCall } from '../../../shared/normalise.ts'
import { searchedText } from '../../../shared/query/searched-text.ts'
import { markedTokens } from '../../../shared/query/tokens.ts'
import { isoTimeOrNull } from '../store/queries/event-rows.ts'
import { partitionOf, partitionPrefix } from '../store/search-partitions.ts'

/** Which field of a call shows what stands under a key of a payload; null where something else does. */
const shownBy = new Map<string, keyof NormalisedCall | null>([
  ['type', null],
  ['writeKey', null],
  ['event', 'event'],
  ['name', 'name'],
  ['userId', 'userId'],
  ['anonymousId', 'anonymousId'],
  ['previousId', 'previousId'],
  ['groupId', 'accountId'],
  ['messageId', 'messageId'],
  ['timestamp', 'originalTimestamp'],
  ['originalTimestamp', 'originalTimestamp'],
  ['sentAt', 'sentAt'],
  ['properties', 'properties'],
  ['traits', 'traits'],
  ['context', 'context'],
  ['integrations', 'integrations'],
])

/** What a payload says that no field shows: keys of the sender's own, and values of a shape that no call has. */
function unshown(payload: JsonObject, call: NormalisedCall): unknown[] {
  return Object.entries(payload).flatMap(([key, value]) => {
    const field = shownBy.get(key)
    if (field === undefined) return [key, value]
    return field !== null && call[field] === null ? [value] : []
  })
}

/** The words of an accepted event. */
export function callText(call: NormalisedCall, payload: JsonObject, source: string | null): string {
  const times = {
    originalTimestamp: isoTimeOrNull(call.originalTimestamp),
    sentAt: isoTimeOrNull(call.sentAt),
  }
  return searchedText({ ...call, ...times, source, rejection: null }, unshown(payload, call))
}

/**
 * Rows of the index that merging may write for each event that is added: twice what is needed in the long run. A row is a
 * page or a term's place in it.
 */
const mergedRowsEach = 2
/** What was not used is saved up to so many rows. */
const savedRows = 64

/**
 * The index of all words. It is told not to merge its segments by itself, which it would do in the middle of a commit:
 * each slice merges a little. FTS5 stops only between two words: what one takes beyond its share, the slices after it
 * have less to spend.
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
