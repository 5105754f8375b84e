import type Database from 'better-sqlite3'
import { faultNameOf } from '../../../shared/fault.ts'
import type { FaultAnswer } from '../../../shared/fault.ts'
import { RowInsert } from './row-insert.ts'

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

/** What is appended of a request. */
export interface LogEntry {
  request: LogRequest
  events: readonly LogEvent[]
  answer: LogAnswer
}

/** The counters that every part of the engine watches. */
export interface LogPosition {
  lastEventId: number
  events: number
  rejected: number
}

const requestColumns = [
  'received_at',
  'method',
  'path',
  'headers',
  'encoding',
  'body_bytes',
  'unpacked_bytes',
  'remote_address',
  'remote_port',
  'http_version',
  'secure',
  'connection',
  'connection_request',
  'arrival_ms',
  'envelope',
  'raw_body',
  'answer_status',
  'fault',
  'fault_answer',
  'first_event_id',
  'last_event_id',
]
/** What each event of a batch has for itself, in the order of `ownValues`. */
const ownColumns = [
  'batch_index',
  'type',
  'name',
  'user_id',
  'anonymous_id',
  'previous_id',
  'account_id',
  'message_id',
  'timestamp',
  'original_timestamp',
  'sent_at',
  'payload',
]
const commonColumns = ['request_id', 'received_at', 'source', 'library_name', 'library_version']

/** Appends requests with their events; `position` tells of committed rows only. */
export class LogAppender {
  readonly #requests: RowInsert
  readonly #events: RowInsert
  /** What the events of a batch have in common is bound once for all of them: each value costs as much as a column. */
  readonly #batches: RowInsert
  readonly #rejected: RowInsert
  readonly #database: Database.Database
  #position: LogPosition
  #pending: LogPosition

  constructor(database: Database.Database) {
    this.#database = database
    this.#requests = new RowInsert(database, 'request', requestColumns)
    this.#events = new RowInsert(database, 'event', [...ownColumns, ...commonColumns], { accepted: '1' })
    this.#batches = new RowInsert(database, 'event', ownColumns, {
      request_id: '@requestId',
      received_at: '@receivedAt',
      source: '@source',
      library_name: '@libraryName',
      library_version: '@libraryVersion',
      accepted: '1',
    })
    const reason = ['rejection_code', 'rejection_message']
    this.#rejected = new RowInsert(database, 'event', [...ownColumns, ...commonColumns, ...reason], {
      accepted: '0',
    })
    this.#position = this.#read()
    this.#pending = { ...this.#position }
  }

  get position(): Readonly<LogPosition> {
    return this.#position
  }

  /** In one transaction: all of it is committed together, or none of it. */
  append(entries: readonly LogEntry[]): void {
    this.#pending = { ...this.#position }
    this.#database
      .transaction(() => {
        const lastRequestId = this.#insertRequests(entries)
        this.#insertEvents(entries, lastRequestId - entries.length + 1)
      })
      .immediate()
    this.#position = this.#pending
  }

  #insertRequests(entries: readonly LogEntry[]): number {
    const values: unknown[] = []
    let { lastEventId } = this.#position
    for (const { request, events, answer } of entries) {
      const { status, fault } = answer
      values.push(
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
        lastEventId + 1,
        lastEventId + events.length,
      )
      lastEventId += events.length
    }
    return this.#requests.insert(values)
  }

  /** In the order of `entries`, by which each request has been told its events. */
  #insertEvents(entries: readonly LogEntry[], firstRequestId: number): void {
    let values: unknown[] = []
    const flush = (): void => {
      if (values.length === 0) return
      this.#pending.lastEventId = this.#events.insert(values)
      values = []
    }
    for (const [index, { request, events }] of entries.entries()) {
      const requestId = firstRequestId + index
      this.#pending.events += events.length
      if (events.length > 1 && areAlike(events)) {
        flush()
        this.#insertBatch(requestId, request, events)
        continue
      }
      for (const event of events) {
        if (event.rejection === null) {
          values.push(...ownValues(event), ...commonValues(requestId, request, event))
          continue
        }
        flush()
        const { code, message } = event.rejection
        this.#pending.rejected += 1
        this.#pending.lastEventId = this.#rejected.insert([
          ...ownValues(event),
          ...commonValues(requestId, request, event),
          code,
          message,
        ])
      }
    }
    flush()
  }

  #insertBatch(requestId: number, { receivedAt }: LogRequest, events: readonly LogEvent[]): void {
    const values: unknown[] = []
    for (const event of events) values.push(...ownValues(event))
    const { source = null, libraryName = null, libraryVersion = null } = events[0] ?? {}
    const common = { requestId, receivedAt, source, libraryName, libraryVersion }
    this.#pending.lastEventId = this.#batches.insert(values, common)
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

/** Whether they were accepted, all of them, and have in common what `commonColumns` has. */
function areAlike(events: readonly LogEvent[]): boolean {
  const [first] = events
  return events.every(
    ({ rejection, source, libraryName, libraryVersion }) =>
      rejection === null &&
      source === first?.source &&
      libraryName === first.libraryName &&
      libraryVersion === first.libraryVersion,
  )
}

function ownValues(event: LogEvent): unknown[] {
  return [
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
  ]
}

function commonValues(requestId: number, { receivedAt }: LogRequest, event: LogEvent): unknown[] {
  return [requestId, receivedAt, event.source, event.libraryName, event.libraryVersion]
}
