import type Database from 'better-sqlite3'
import { faultNameOf } from '../../../shared/fault.ts'
import type { FaultAnswer } from '../../../shared/fault.ts'

/** A request as the log keeps it. Times are epoch milliseconds. */
export interface LogRequest {
  receivedAt: number
  method: string
  path: string
  /** JSON of [[name, value]], secrets masked. */
  headers: string
  encoding: string | null
  bodyBytes: number
  /** null where it was not compressed. */
  unpackedBytes: number | null
  remoteAddress: string | null
  remotePort: number | null
  httpVersion: string
  isSecure: boolean
  connection: number
  connectionRequest: number
  arrivalMs: number
  /** JSON object of what a batch says about all of its calls. */
  envelope: string | null
  rawBody: Uint8Array | null
}

/** What its sender hears. */
export interface LogAnswer {
  /** null where it hears nothing. */
  status: number | null
  /** What it was answered on purpose. */
  fault: FaultAnswer | null
}

/** A call as the log keeps it. */
export interface LogEvent {
  batchIndex: number | null
  type: string | null
  name: string | null
  userId: string | null
  anonymousId: string | null
  previousId: string | null
  accountId: string | null
  messageId: string | null
  source: string | null
  timestamp: number
  originalTimestamp: number | null
  sentAt: number | null
  libraryName: string | null
  libraryVersion: string | null
  rejection: { code: string; message: string } | null
  payload: string | null
}

/** The counters that every part of the engine watches. */
export interface LogPosition {
  lastEventId: number
  events: number
  rejected: number
}

const insertEvents = `INSERT INTO event (request_id, batch_index, received_at, type, name, user_id, anonymous_id, previous_id,
  account_id, message_id, source, timestamp, original_timestamp, sent_at, library_name, library_version,
  accepted, rejection_code, rejection_message, payload) VALUES `
const eventRow = '(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'
/** Events of a batch that go into one statement: each then costs a third less than with a statement of its own. */
const eventsTogether = 20

/** Appends requests with their events. The caller holds the transaction; `position` tells of committed rows only. */
export class LogAppender {
  readonly #insertRequest: Database.Statement<unknown[]>
  readonly #insertEvent: Database.Statement<unknown[]>
  readonly #insertEvents: Database.Statement<unknown[]>
  readonly #database: Database.Database
  #position: LogPosition
  #pending: LogPosition

  constructor(database: Database.Database) {
    this.#database = database
    this.#insertRequest = database.prepare(
      `INSERT INTO request (received_at, method, path, headers, encoding, body_bytes, unpacked_bytes, remote_address,
         remote_port, http_version, secure, connection, connection_request, arrival_ms, envelope, raw_body,
         answer_status, fault, fault_answer)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    this.#insertEvent = database.prepare(insertEvents + eventRow)
    this.#insertEvents = database.prepare(insertEvents + Array(eventsTogether).fill(eventRow).join(', '))
    this.#position = this.#read()
    this.#pending = { ...this.#position }
  }

  get position(): Readonly<LogPosition> {
    return this.#position
  }

  /** Runs `work` in one transaction: all that it appends is committed together, or none of it. */
  transaction(work: () => void): void {
    this.#pending = { ...this.#position }
    this.#database.transaction(work).immediate()
    this.#position = this.#pending
  }

  append(request: LogRequest, events: readonly LogEvent[], { status, fault }: LogAnswer): void {
    const { lastInsertRowid } = this.#insertRequest.run(
      request.receivedAt,
      request.method,
      request.path,
      request.headers,
      request.encoding,
      request.bodyBytes,
      request.unpackedBytes,
      request.remoteAddress,
      request.remotePort,
      request.httpVersion,
      request.isSecure ? 1 : 0,
      request.connection,
      request.connectionRequest,
      request.arrivalMs,
      request.envelope,
      request.rawBody,
      status,
      fault === null ? null : faultNameOf(fault),
      fault === null ? null : JSON.stringify(fault),
    )
    let from = 0
    for (; from + eventsTogether <= events.length; from += eventsTogether) {
      const together = events.slice(from, from + eventsTogether)
      this.#insert(this.#insertEvents, lastInsertRowid, request.receivedAt, together)
    }
    for (const event of events.slice(from)) {
      this.#insert(this.#insertEvent, lastInsertRowid, request.receivedAt, [event])
    }
  }

  #insert(
    statement: Database.Statement<unknown[]>,
    requestId: number | bigint,
    receivedAt: number,
    events: readonly LogEvent[],
  ): void {
    const values: unknown[] = []
    for (const event of events) {
      values.push(
        requestId,
        event.batchIndex,
        receivedAt,
        event.type,
        event.name,
        event.userId,
        event.anonymousId,
        event.previousId,
        event.accountId,
        event.messageId,
        event.source,
        event.timestamp,
        event.originalTimestamp,
        event.sentAt,
        event.libraryName,
        event.libraryVersion,
        event.rejection === null ? 1 : 0,
        event.rejection?.code ?? null,
        event.rejection?.message ?? null,
        event.payload,
      )
      if (event.rejection !== null) this.#pending.rejected += 1
    }
    const { lastInsertRowid } = statement.run(...values)
    this.#pending.lastEventId = Number(lastInsertRowid)
    this.#pending.events += events.length
  }

  /** After a deletion. */
  recount(): void {
    this.#position = this.#read()
  }

  #read(): LogPosition {
    const counts = this.#database
      .prepare<[], { events: number; rejected: number }>(
        'SELECT count(*) AS events, count(*) FILTER (WHERE accepted = 0) AS rejected FROM event',
      )
      .get()
    const last = this.#database
      .prepare<[], { seq: number }>("SELECT seq FROM sqlite_sequence WHERE name = 'event'")
      .get()
    return { lastEventId: last?.seq ?? 0, events: counts?.events ?? 0, rejected: counts?.rejected ?? 0 }
  }
}
