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

const columns = `(request_id, received_at, source, library_name, library_version, batch_index, type, name, user_id,
  anonymous_id, previous_id, account_id, message_id, timestamp, original_timestamp, sent_at, payload, accepted,
  rejection_code, rejection_message)`
/** What the events of a request have in common is bound once for all of them: each value costs as much as a column. */
const ownValues = Array(12).fill('?').join(', ')
const commonValues = '@requestId, @receivedAt, @source, @libraryName, @libraryVersion'
const acceptedRow = `(${commonValues}, ${ownValues}, 1, NULL, NULL)`
const rejectedRow = `(${commonValues}, ${ownValues}, 0, ?, ?)`
/** Events of a batch that go into one statement: each then costs a third less than with a statement of its own. */
const eventsTogether = 20

/** Appends requests with their events. The caller holds the transaction; `position` tells of committed rows only. */
export class LogAppender {
  readonly #insertRequest: Database.Statement<unknown[]>
  readonly #insertAccepted: Database.Statement<unknown[]>
  readonly #insertAcceptedTogether: Database.Statement<unknown[]>
  readonly #insertRejected: Database.Statement<unknown[]>
  readonly #database: Database.Database
  #position: LogPosition
  #pending: LogPosition

  constructor(database: Database.Database) {
    this.#database = database
    this.#insertRequest = database.prepare(
      `INSERT INTO request (received_at, method, path, headers, encoding, body_bytes, unpacked_bytes, remote_address,
         remote_port, http_version, secure, connection, connection_request, arrival_ms, envelope, raw_body,
         answer_status, fault, fault_answer, first_event_id, last_event_id)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    const insert = (rows: string): Database.Statement<unknown[]> =>
      database.prepare(`INSERT INTO event ${columns} VALUES ${rows}`)
    this.#insertAccepted = insert(acceptedRow)
    this.#insertAcceptedTogether = insert(Array(eventsTogether).fill(acceptedRow).join(', '))
    this.#insertRejected = insert(rejectedRow)
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
      this.#pending.lastEventId + 1,
      this.#pending.lastEventId + events.length,
    )
    for (let from = 0; from < events.length;) {
      const together = events.slice(from, from + eventsTogether)
      const [first] = together
      const areAlike =
        together.length === eventsTogether &&
        together.every(
          ({ rejection, source, libraryName, libraryVersion }) =>
            rejection === null &&
            source === first?.source &&
            libraryName === first.libraryName &&
            libraryVersion === first.libraryVersion,
        )
      if (areAlike) this.#insert(this.#insertAcceptedTogether, lastInsertRowid, request, together)
      else for (const event of together) this.#insertOne(lastInsertRowid, request, event)
      from += together.length
    }
  }

  #insertOne(requestId: number | bigint, request: LogRequest, event: LogEvent): void {
    if (event.rejection === null) {
      this.#insert(this.#insertAccepted, requestId, request, [event])
      return
    }
    const { code, message } = event.rejection
    this.#insert(this.#insertRejected, requestId, request, [event], [code, message])
    this.#pending.rejected += 1
  }

  /** `events` share their source and library; `more` stands behind the values of a single event. */
  #insert(
    statement: Database.Statement<unknown[]>,
    requestId: number | bigint,
    { receivedAt }: LogRequest,
    events: readonly LogEvent[],
    more: readonly unknown[] = [],
  ): void {
    const values: unknown[] = []
    for (const event of events) {
      values.push(
        event.batchIndex,
        event.type,
        event.name,
        event.userId,
        event.anonymousId,
        event.previousId,
        event.accountId,
        event.messageId,
        event.timestamp,
        event.originalTimestamp,
        event.sentAt,
        event.payload,
      )
    }
    const { source = null, libraryName = null, libraryVersion = null } = events[0] ?? {}
    const common = { requestId, receivedAt, source, libraryName, libraryVersion }
    const { lastInsertRowid } = statement.run(...values, ...more, common)
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
