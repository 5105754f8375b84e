import type Database from 'better-sqlite3'
import type { CallType } from '../../../shared/event.ts'
import { segmentCall } from '../../../shared/journy.ts'
import { isJsonObject, normalise } from '../../../shared/normalise.ts'
import { searchedText } from '../../../shared/query/searched-text.ts'
import { isoTimeOrNull } from '../store/queries/event-rows.ts'
import type { AnalysedCall } from './analysed-call.ts'

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

/**
 * The call that an accepted row holds, in the words of the spec; null where it holds none. Its times are those of the
 * log: capture has also read what headers say of them.
 */
export function callOf(row: LogRow): AnalysedCall | null {
  const sent: unknown = row.accepted === 0 || row.payload === null ? null : JSON.parse(row.payload)
  if (row.payload === null || row.type === null || !isJsonObject(sent)) return null
  const payload = segmentCall(sent, row.type)
  const said: unknown = row.envelope === null ? {} : JSON.parse(row.envelope)
  const batch = isJsonObject(said) ? said : {}
  const normalised = normalise(payload, {
    batch,
    receivedAt: row.received_at,
    anonymousIdHeader: row.anonymous_id ?? undefined,
    pathType: row.type,
  })
  return {
    ...normalised,
    id: row.id,
    type: row.type,
    receivedAt: row.received_at,
    timestamp: row.timestamp,
    originalTimestamp: row.original_timestamp,
    sentAt: row.sent_at,
    source: row.source ?? '',
    payload,
    request: {
      id: row.request_id,
      batchIndex: row.batch_index,
      bytes: row.unpacked_bytes ?? row.body_bytes,
      batch,
      isDelivered: row.is_delivered === 1,
    },
    bytes: Buffer.byteLength(row.payload),
    isTranslated: payload !== sent,
  }
}

const columns = `event.id, event.request_id, event.batch_index, event.received_at, event.type, event.source,
  event.accepted, event.rejection_code, event.rejection_message, event.user_id, event.anonymous_id, event.previous_id,
  event.account_id, event.message_id, event.timestamp, event.original_timestamp, event.sent_at, event.payload,
  request.envelope, request.raw_body, request.body_bytes, request.unpacked_bytes,
  request.fault IS NULL OR request.answer_status = 200 AS is_delivered`

function prepare(database: Database.Database) {
  return {
    // The + keeps SQLite from looking at the value to guess how many rows there are: for that, it would compile the
    // statement anew each time.
    rows: database.prepare<[number, number], LogRow>(
      `SELECT ${columns} FROM event JOIN request ON request.id = event.request_id
       WHERE event.id > +? ORDER BY event.id LIMIT ?`,
    ),
    ids: database.prepare<[number, number], { id: number }>(
      'SELECT id FROM event WHERE id > +? ORDER BY id LIMIT ?',
    ),
    accepted: database.prepare<[number, number], LogRow>(
      `SELECT ${columns} FROM event JOIN request ON request.id = event.request_id
       WHERE event.id = ? AND event.accepted = 1 AND octet_length(event.payload) <= ?`,
    ),
  }
}
