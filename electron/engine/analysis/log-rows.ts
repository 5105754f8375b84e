import type Database from 'better-sqlite3'
import type { CallType, JsonObject } from '../../../shared/event.ts'
import { isJsonObject, normalise } from '../../../shared/normalise.ts'
import { searchedText } from '../../../shared/query/searched-text.ts'
import { isoTimeOrNull } from '../store/queries/event-rows.ts'
import type { AnalysedCall } from './analysed-call.ts'

/** Characters of payloads and of what their batches say that are read ahead, about: a call may have five million. */
const charactersPerRead = 8 * 1024 * 1024

/** An event of the log with what its request says about it. */
export interface LogRow {
  id: number
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
  original_timestamp: number | null
  sent_at: number | null
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

  /** The ids alone, which can be read where a row can't. */
  ids(after: number, limit: number): { id: number }[] {
    return this.#statements.ids.all(after, limit)
  }
}

/** The words of an event of which no call could be made. */
export function rejectedText(row: LogRow): string {
  return searchedText({
    type: row.type,
    event: null,
    name: null,
    userId: row.user_id,
    anonymousId: row.anonymous_id,
    previousId: row.previous_id,
    accountId: row.account_id,
    messageId: row.message_id,
    source: row.source,
    originalTimestamp: isoTimeOrNull(row.original_timestamp),
    sentAt: isoTimeOrNull(row.sent_at),
    properties: null,
    traits: null,
    context: null,
    integrations: null,
    rejection: { code: row.rejection_code ?? '', message: row.rejection_message ?? '' },
    payload: row.payload,
    rawBody: row.raw_body === null ? null : Buffer.from(row.raw_body).toString('utf8'),
  })
}

/** The call that a row holds; `payload` is its text, parsed and in the words of the spec. */
export function callOf(row: LogRow, type: CallType, payload: JsonObject): AnalysedCall {
  const batch: unknown = row.envelope === null ? {} : JSON.parse(row.envelope)
  const normalised = normalise(payload, {
    batch: isJsonObject(batch) ? batch : {},
    receivedAt: row.received_at,
    anonymousIdHeader: row.anonymous_id ?? undefined,
    pathType: type,
  })
  return { ...normalised, id: row.id, type, receivedAt: row.received_at, source: row.source ?? '', payload }
}

function prepare(database: Database.Database) {
  return {
    rows: database.prepare<[number, number], LogRow>(
      `SELECT event.id, event.received_at, event.type, event.source, event.accepted, event.rejection_code,
         event.rejection_message, event.user_id, event.anonymous_id, event.previous_id, event.account_id,
         event.message_id, event.original_timestamp, event.sent_at, event.payload, request.envelope, request.raw_body
       FROM event JOIN request ON request.id = event.request_id
       WHERE event.id > ? ORDER BY event.id LIMIT ?`,
    ),
    ids: database.prepare<[number, number], { id: number }>(
      'SELECT id FROM event WHERE id > ? ORDER BY id LIMIT ?',
    ),
  }
}
