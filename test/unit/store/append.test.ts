import Database from 'better-sqlite3'
import { beforeEach, describe, expect, it } from 'vitest'
import { LogAppender } from '../../../electron/engine/store/append.ts'
import type { LogEntry, LogEvent, LogRequest } from '../../../electron/engine/store/append.ts'
import { migrate } from '../../../electron/engine/store/database.ts'
import { RequestRows } from '../../../electron/engine/store/queries/request-rows.ts'

const request: LogRequest = {
  receivedAt: 1_770_091_200_000,
  method: 'POST',
  path: '/v1/batch',
  headers: '[]',
  encoding: null,
  bodyBytes: 2,
  unpackedBytes: null,
  remoteAddress: '127.0.0.1',
  remotePort: 50_000,
  httpVersion: '1.1',
  isSecure: false,
  connection: 1,
  connectionRequest: 1,
  arrivalMs: 0,
  envelope: null,
  rawBody: null,
}

const answer = { status: 200, fault: null }
const entry = (events: readonly LogEvent[]): LogEntry => ({ request, events, answer })

function event(batchIndex: number, change: Partial<LogEvent> = {}): LogEvent {
  return {
    batchIndex,
    type: 'track',
    name: `Step ${batchIndex}`,
    userId: `user-${batchIndex}`,
    anonymousId: null,
    previousId: null,
    accountId: null,
    messageId: `m${batchIndex}`,
    source: 'web',
    timestamp: 1_770_091_200_000 + batchIndex,
    originalTimestamp: null,
    sentAt: null,
    libraryName: null,
    libraryVersion: null,
    rejection: null,
    payload: `{"step":${batchIndex}}`,
    ...change,
  }
}

const batch = (size: number): LogEvent[] => Array.from({ length: size }, (_, index) => event(index))

interface Row {
  id: number
  request_id: number
  batch_index: number
  received_at: number
  name: string
  payload: string
  accepted: number
}

let database: Database.Database
let appender: LogAppender

beforeEach(() => {
  database = new Database(':memory:')
  migrate(database)
  appender = new LogAppender(database)
})

const idsOf = (id: number): number[] => new RequestRows(database).read(id).request.eventIds
const rows = (): Row[] => database.prepare<[], Row>('SELECT * FROM event ORDER BY id').all()

describe('the log', () => {
  it.each([0, 1, 31, 32, 33, 64, 71, 100])('keeps a batch of %i whole and in its order', (size) => {
    appender.append([entry(batch(3)), entry(batch(size))])
    const second = rows().slice(3)
    expect(second.map((row) => [row.id, row.request_id, row.batch_index, row.name, row.payload])).toEqual(
      batch(size).map(({ name, payload }, index) => [index + 4, 2, index, name, payload]),
    )
    expect(second.every((row) => row.received_at === request.receivedAt)).toBe(true)
    expect(appender.position).toEqual({ lastEventId: size + 3, events: size + 3, rejected: 0 })
    expect(idsOf(1)).toEqual([1, 2, 3])
    expect(idsOf(2)).toEqual(second.map(({ id }) => id))
  })

  it.each([1, 2, 31, 32, 33, 100])('keeps %i calls that came alone, each with its own request', (size) => {
    const calls = Array.from({ length: size }, (_, index) => event(index, { batchIndex: null }))
    const entries = calls.map((call, index) => ({
      request: { ...request, receivedAt: request.receivedAt + index, path: `/v1/track?${index}` },
      events: [call],
      answer,
    }))
    appender.append([entry(batch(2))])
    appender.append(entries)
    const kept = database
      .prepare(
        'SELECT event.id, path, name, event.received_at AS at FROM event JOIN request ON request.id = request_id',
      )
      .all()
      .slice(2)
    expect(kept).toEqual(
      entries.map(({ request: { path, receivedAt } }, index) => ({
        id: index + 3,
        path,
        name: `Step ${index}`,
        at: receivedAt,
      })),
    )
    expect(calls.map((_, index) => idsOf(index + 2))).toEqual(calls.map((_, index) => [index + 3]))
  })

  it('keeps what came together in its order: alone, in a batch, rejected, alone', () => {
    const rejection = { code: 'CALL_NOT_OBJECT', message: 'A call is an object.' }
    const events = [
      [event(0)],
      batch(2),
      [event(0, { rejection })],
      [],
      [event(0), event(1, { rejection })],
      [event(0)],
    ]
    appender.append(events.map(entry))
    expect(rows().map((row) => [row.id, row.request_id, row.accepted])).toEqual([
      [1, 1, 1],
      [2, 2, 1],
      [3, 2, 1],
      [4, 3, 0],
      [5, 5, 1],
      [6, 5, 0],
      [7, 6, 1],
    ])
    expect([1, 2, 3, 4, 5, 6].map(idsOf)).toEqual([[1], [2, 3], [4], [], [5, 6], [7]])
    expect(appender.position).toEqual({ lastEventId: 7, events: 7, rejected: 2 })
  })

  it('has the library of each call where they differ', () => {
    const events = batch(40).with(30, event(30, { libraryName: 'analytics-go', libraryVersion: '3' }))
    appender.append([entry(events)])
    const libraries = database.prepare('SELECT library_name FROM event').pluck().all()
    expect(libraries).toEqual(Array(40).fill(null).with(30, 'analytics-go'))
  })

  it('knows the events of a request after others were deleted, and takes no id twice', () => {
    const append = (size: number): void => appender.append([entry(batch(size))])
    append(3)
    append(2)
    append(1)
    database.exec('DELETE FROM event WHERE id IN (2, 4, 5, 6)')
    appender.recount()
    append(2)
    expect([1, 2, 3, 4].map(idsOf)).toEqual([[1, 3], [], [], [7, 8]])
  })

  it('counts the rejected calls among the others', () => {
    const rejection = { code: 'CALL_NOT_OBJECT', message: 'A call is an object.' }
    const events = batch(45).with(7, event(7, { rejection })).with(44, event(44, { rejection }))
    appender.append([entry(events)])
    expect(rows().flatMap((row) => (row.accepted === 0 ? [row.batch_index] : []))).toEqual([7, 44])
    expect(appender.position).toEqual({ lastEventId: 45, events: 45, rejected: 2 })
  })

  it('has nothing of a request that could not be written to its end, and goes on after it', () => {
    const broken = batch(45).with(44, event(44, { timestamp: Number.NaN }))
    expect(() => appender.append([entry(broken)])).toThrow('NOT NULL')
    expect(rows()).toEqual([])
    expect(appender.position).toEqual({ lastEventId: 0, events: 0, rejected: 0 })
    appender.append([entry(batch(2))])
    expect(appender.position).toMatchObject({ events: 2, lastEventId: rows().at(-1)?.id })
  })
})
