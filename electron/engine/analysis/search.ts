import type Database from 'better-sqlite3'
import type { JsonObject } from '../../../shared/event.ts'
import type { NormalisedCall } from '../../../shared/normalise.ts'
import { searchedText } from '../../../shared/query/searched-text.ts'
import { isoTimeOrNull } from '../store/queries/event-rows.ts'

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
 * Pages of the index that are merged for each event that is added. An event writes about a quarter of a page, which moves
 * up a level with each merge: with a million events there are six.
 */
const mergedPagesEach = 2

export class SearchIndex {
  readonly #add: Database.Statement<[number, string]>
  readonly #merge: Database.Statement<[number]>
  #added = 0

  constructor(database: Database.Database) {
    this.#add = database.prepare('INSERT INTO search (rowid, text) VALUES (?, ?)')
    this.#merge = database.prepare("INSERT INTO search (search, rank) VALUES ('merge', CAST(? AS INTEGER))")
  }

  add(eventId: number, text: string): void {
    this.#add.run(eventId, text)
    this.#added += 1
  }

  /** Does this slice's share of the merging, which the index is told not to do by itself. */
  flush(): void {
    if (this.#added > 0) this.#merge.run(this.#added * mergedPagesEach)
    this.#added = 0
  }

  /** After a slice was rolled back. */
  forget(): void {
    this.#added = 0
  }
}
