import type Database from 'better-sqlite3'
import type { CallType } from '../../../shared/event.ts'

/** Characters of payloads and of what their batches say that are read ahead, about: a call may have five million. */
const charactersPerRead = 8 * 1024 * 1024

/** An event of the log with what its request says about it. */
export interface LogRow {
  id: number
  request_id: number
  batch_index: number | null
  received_at: number
  type: CallType | null
  source: string | null
  accepted: number
  rejection_code: string | null
  rejection_message: string | null
  user_id: string | null
  anonymous_id: string | null
  previous_id: string | null
  account_id: string | null
  payload: string | null
  envelope: string | null
  message_id: string | null
  raw_body: Uint8Array | null
  timestamp: number
  original_timestamp: number | null
  sent_at: number | null
  body_bytes: number
  unpacked_bytes: number | null
  is_delivered: number
}

/** What of `event`, and of its `request`, makes a `LogRow`, by name. */
const columns = {
  id: 'event.id',
  request_id: 'event.request_id',
  batch_index: 'event.batch_index',
  received_at: 'event.received_at',
  type: 'event.type',
  source: 'event.source',
  accepted: 'event.accepted',
  rejection_code: 'event.rejection_code',
  rejection_message: 'event.rejection_message',
  user_id: 'event.user_id',
  anonymous_id: 'event.anonymous_id',
  previous_id: 'event.previous_id',
  account_id: 'event.account_id',
  message_id: 'event.message_id',
  timestamp: 'event.timestamp',
  original_timestamp: 'event.original_timestamp',
  sent_at: 'event.sent_at',
  payload: 'event.payload',
  envelope: 'request.envelope',
  raw_body: 'request.raw_body',
  body_bytes: 'request.body_bytes',
  unpacked_bytes: 'request.unpacked_bytes',
  is_delivered: '(request.fault IS NULL OR request.answer_status = 200)',
} satisfies Record<keyof LogRow, string>

/** The same as a list of SQL, for a function that makes a row of it by `rowOf`. */
export const rowValues = Object.values(columns).join(', ')

/** The row of the values that `rowValues` has selected. */
export function rowOf(values: readonly unknown[]): LogRow {
  return Object.fromEntries(
    Object.keys(columns).map((name, index) => [name, values[index]]),
  ) as unknown as LogRow
}

/** Reads the log in the order in which it was written. */
export class LogRows {
  readonly #statements: ReturnType<typeof prepare>

  constructor(database: Database.Database) {
    this.#statements = prepare(database)
  }

  /** At most that many rows behind an event id, fewer where they are large. Raises SQLite's error where one can't be read. */
  read(after: number, limit: number): LogRow[] {
    const rows: LogRow[] = []
    let characters = 0
    for (const row of this.#statements.rows.iterate(after, limit)) {
      rows.push(row)
      characters += (row.payload?.length ?? 0) + (row.envelope?.length ?? 0)
      if (characters >= charactersPerRead) break
    }
    return rows
  }

  /** One accepted row; null where there is none, or its call has more bytes. Raises SQLite's error where it can't be read. */
  accepted(id: number, bytes: number): LogRow | null {
    return this.#statements.accepted.get(id, bytes) ?? null
  }

  /** The ids alone, which can be read where a row can't. */
  ids(after: number, limit: number): { id: number }[] {
    return this.#statements.ids.all(after, limit)
  }
}

const selected = Object.entries(columns)
  .map(([name, sql]) => `${sql} AS ${name}`)
  .join(', ')

function prepare(database: Database.Database) {
  return {
    // The + keeps SQLite from looking at the value to guess how many rows there are: for that, it would compile the
    // statement anew each time.
    rows: database.prepare<[number, number], LogRow>(
      `SELECT ${selected} FROM event JOIN request ON request.id = event.request_id
       WHERE event.id > +? ORDER BY event.id LIMIT ?`,
    ),
    ids: database.prepare<[number, number], { id: number }>(
      'SELECT id FROM event WHERE id > +? ORDER BY id LIMIT ?',
    ),
    accepted: database.prepare<[number, number], LogRow>(
      `SELECT ${selected} FROM event JOIN request ON request.id = event.request_id
       WHERE event.id = ? AND event.accepted = 1 AND octet_length(event.payload) <= ?`,
    ),
  }
}
