import type Database from 'better-sqlite3'

// The events of an account are all over the log, and those of a name: as indexes of the log, they made each event write
// two pages more. So they are lists that are brought up to date for many events at once, in their order. What came after
// that is looked at event by event; it is little.

const lists = {
  account: { table: 'account_event', column: 'account_id', condition: 'account_id IS NOT NULL' },
  name: { table: 'name_event', column: 'name', condition: "type = 'track' AND name IS NOT NULL" },
}
export type EventList = keyof typeof lists

/** Tables that analysis fills. */
export const eventListTables = Object.values(lists).map(({ table }) => table)

/**
 * How many events gather before the lists are brought up to date. Looking at so many takes a query a millisecond at most;
 * with a quarter of them, twice as many pages are written.
 */
const gathered = 2_048

/** SQL for the event up to which the lists are complete. */
const listedUpTo = `coalesce((SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'listed_up_to'), 0)`

/** SQL for the ids of the events that have one of some values, a query's, confined to the `IdWindow` that is bound. */
export function listedEvents(list: EventList, values: string): string {
  const { table, column, condition } = lists[list]
  return `
    WITH wanted (value) AS (${values})
    SELECT event_id FROM ${table}
    WHERE ${column} IN (SELECT value FROM wanted) AND event_id > @above AND event_id <= @upTo
    UNION ALL
    SELECT event_id FROM analysed_event
    WHERE event_id > max(@above, ${listedUpTo}) AND event_id <= @upTo
      AND ${condition} AND ${column} IN (SELECT value FROM wanted)`
}

/** Brings the lists up to date, within the transactions of analysis. */
export class EventLists {
  readonly #statements: ReturnType<typeof prepare>
  #listedUpTo: number

  constructor(database: Database.Database) {
    this.#statements = prepare(database)
    this.#listedUpTo = this.#statements.listedUpTo.get() ?? 0
  }

  /** Events up to this id have been analysed: lists them, once they are many; wherever a slice ends, the same ones. */
  reach(eventId: number): void {
    const upTo = eventId - (eventId % gathered)
    if (upTo <= this.#listedUpTo) return
    for (const statement of this.#statements.list) statement.run(this.#listedUpTo, upTo)
    this.#statements.move.run(String(upTo))
    this.#listedUpTo = upTo
  }

  /** Back to what is committed. */
  forget(): void {
    this.#listedUpTo = this.#statements.listedUpTo.get() ?? 0
  }
}

function prepare(database: Database.Database) {
  return {
    listedUpTo: database.prepare<[], number>(`SELECT ${listedUpTo}`).pluck(),
    list: Object.values(lists).map(({ table, column, condition }) =>
      database.prepare<[number, number]>(
        `INSERT INTO ${table} (${column}, event_id) SELECT ${column}, event_id FROM analysed_event
         WHERE event_id > ? AND event_id <= ? AND ${condition} ORDER BY ${column}, event_id`,
      ),
    ),
    move: database.prepare<[string]>(
      `INSERT INTO meta (key, value) VALUES ('listed_up_to', ?)
       ON CONFLICT DO UPDATE SET value = excluded.value`,
    ),
  }
}
