import type Database from 'better-sqlite3'
import { TracksideError } from '../../../../shared/contract/errors.ts'
import type { Attempt, CaptureRequest } from '../../../../shared/event.ts'
import type { FaultAnswer, FaultName } from '../../../../shared/fault.ts'
import { isoTime } from './event-rows.ts'

interface RequestRow {
  id: number
  received_at: number
  method: string
  path: string
  headers: string
  encoding: string | null
  body_bytes: number
  unpacked_bytes: number | null
  remote_address: string | null
  remote_port: number | null
  http_version: string | null
  secure: number | null
  connection: number | null
  connection_request: number | null
  arrival_ms: number | null
  answer_status: number | null
  fault_answer: string | null
  raw_body: Uint8Array | null
}

/** What is shown of a request, and its body where that could not be read. */
export interface ReadRequest {
  request: CaptureRequest
  rawBody: Uint8Array | null
}

/** Of an event and a request, in SQL: that it came with it. */
export const isOfRequest = 'event.id BETWEEN request.first_event_id AND request.last_event_id'

/** A sender that gives all of its calls one messageId has millions. */
const shownAttempts = 100

interface AttemptRow {
  id: number
  received_at: number
  headers: string
  answer_status: number | null
  fault: FaultName | null
}

export class RequestRows {
  readonly #request: Database.Statement<[number], RequestRow>
  readonly #eventIds: Database.Statement<[number], { id: number }>
  readonly #attempts: Database.Statement<[string | null, number, number, number], AttemptRow>

  constructor(database: Database.Database) {
    this.#request = database.prepare('SELECT * FROM request WHERE id = ?')
    this.#eventIds = database.prepare(
      `SELECT event.id FROM request JOIN event ON ${isOfRequest} WHERE request.id = ? ORDER BY event.id`,
    )
    // The + keeps SQLite from looking at the value to see whether the partial index fits: for that, it would compile
    // the statement anew each time.
    this.#attempts = database.prepare(
      `SELECT event.id, event.received_at, request.headers, request.answer_status, request.fault
       FROM (SELECT * FROM (SELECT event_id FROM analysed_event
               WHERE message_id = +? AND event_id <> ? ORDER BY event_id LIMIT ?)
             UNION SELECT ?) AS wanted
       JOIN event ON event.id = wanted.event_id
       JOIN request ON request.id = event.request_id
       ORDER BY event.id`,
    )
  }

  /** Raises NOT_FOUND. */
  read(id: number): ReadRequest {
    const row = this.#request.get(id)
    if (row === undefined) throw new TracksideError('NOT_FOUND', { what: 'request', id })
    return {
      request: {
        id,
        receivedAt: isoTime(row.received_at),
        method: row.method,
        path: row.path,
        headers: headersOf(row.headers),
        encoding: row.encoding,
        bodyBytes: row.body_bytes,
        unpackedBytes: row.unpacked_bytes,
        remoteAddress: row.remote_address,
        remotePort: row.remote_port,
        httpVersion: row.http_version,
        secure: row.secure === null ? null : row.secure === 1,
        connection:
          row.connection === null || row.connection_request === null
            ? null
            : { number: row.connection, request: row.connection_request },
        arrivalMs: row.arrival_ms,
        answer: answerOf(row),
        eventIds: this.#eventIds.all(id).map((event) => event.id),
      },
      rawBody: row.raw_body,
    }
  }

  /** The first deliveries of the call that the event `id` is one of, and that one, in their order. */
  attempts(id: number, messageId: string | null): Attempt[] {
    return this.#attempts.all(messageId, id, shownAttempts - 1, id).map((row) => ({
      eventId: row.id,
      receivedAt: isoTime(row.received_at),
      status: row.answer_status,
      fault: row.fault,
      retryCount:
        headersOf(row.headers).find(([name]) => name.toLowerCase() === 'x-retry-count')?.[1] ?? null,
    }))
  }
}

/** Rows of older versions do not tell what was answered. */
function answerOf(row: RequestRow): CaptureRequest['answer'] {
  const { answer_status: status, fault_answer: fault } = row
  if (status === null && fault === null) return null
  return { status, fault: fault === null ? null : (JSON.parse(fault) as FaultAnswer) }
}

const headersOf = (json: string): [string, string][] => JSON.parse(json) as [string, string][]
