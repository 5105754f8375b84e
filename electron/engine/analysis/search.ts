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

export class SearchIndex {
  readonly #add: Database.Statement<[number, string]>

  constructor(database: Database.Database) {
    this.#add = database.prepare('INSERT INTO search (rowid, text) VALUES (?, ?)')
  }

  add(eventId: number, text: string): void {
    this.#add.run(eventId, text)
  }
}
