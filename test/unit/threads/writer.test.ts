import Database from 'better-sqlite3'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { RawRequest } from '../../../electron/engine/capture/raw-request.ts'
import { migrate } from '../../../electron/engine/store/database.ts'
import { CallFacts } from '../../../electron/engine/analysis/facts.ts'
import { LogRows } from '../../../electron/engine/store/log-rows.ts'
import { longestSliceMs } from '../../../electron/engine/threads/analysis-pace.ts'
import { Writer } from '../../../electron/engine/threads/writer-methods.ts'
import { defaultLintConfig } from '../../../shared/lint/index.ts'
import { rawRequest } from '../../fixtures/raw-request.ts'

function batchOf(size: number): RawRequest {
  const batch = Array.from({ length: size }, (_, index) => ({
    type: 'track',
    event: 'Step Taken',
    userId: 'user-1',
    messageId: `m${index}`,
  }))
  return requestOf({ writeKey: 'web', batch })
}

/** Of so many characters, about. */
const largeCall = (size: number): RawRequest =>
  requestOf({
    batch: [{ type: 'track', event: 'Step Taken', userId: 'user-1', properties: { note: 'n'.repeat(size) } }],
  })

function requestOf(content: unknown): RawRequest {
  return rawRequest(Buffer.from(JSON.stringify(content)))
}

let now: number
let database: Database.Database
let writer: Writer

beforeEach(() => {
  now = 5_000
  database = new Database(':memory:')
  migrate(database)
  writer = new Writer(database, () => now)
  writer.methods.setLintConfig(defaultLintConfig)
  writer.appendAll([{ ticket: 1, raw: batchOf(10) }])
})

const analysedUpTo = (): number => writer.methods.position(null).analysedUpTo

describe('analysis', () => {
  it('stops after the event that it is at when a call arrives, and goes on there', () => {
    let looks = 0
    writer.analyseSlice(longestSliceMs, () => ++looks === 3)
    expect(analysedUpTo()).toBe(3)
    writer.analyseSlice(longestSliceMs, () => true)
    expect(analysedUpTo()).toBe(4)
    writer.analyseSlice(longestSliceMs)
    expect(analysedUpTo()).toBe(10)
    expect(writer.analysisDueIn).toBe(null)
  })

  it('stops when its time is over', () => {
    writer.analyseSlice(longestSliceMs, () => {
      now += longestSliceMs
      return false
    })
    expect(analysedUpTo()).toBe(2)
  })

  it('reads few large calls ahead at a time, however many wait', () => {
    for (let index = 0; index < 10; index += 1) writer.appendAll([{ ticket: 2, raw: largeCall(4_000_000) }])
    const ahead = new LogRows(database).read(10, 256)
    expect(ahead.length).toBeGreaterThan(0)
    expect(ahead.length).toBeLessThan(5)
    while (writer.analysisDueIn !== null) writer.analyseSlice(longestSliceMs)
    expect(analysedUpTo()).toBe(20)
  })

  it('rests a second while the disk is full, says so, and goes on by itself', () => {
    writer.appendAll([{ ticket: 2, raw: batchOf(190) }])
    database.pragma(`max_page_count = ${String(database.pragma('page_count', { simple: true }))}`)
    writer.analyseSlice(longestSliceMs)
    expect(analysedUpTo()).toBe(0)
    expect(writer.methods.position(null).trouble).toContain('full')
    expect(writer.analysisDueIn).toBe(1_000)
    now += 400
    expect(writer.analysisDueIn).toBe(600)
    database.pragma('max_page_count = 1000000')
    now += 600
    expect(writer.analysisDueIn).toBe(0)
    writer.analyseSlice(longestSliceMs)
    expect(writer.methods.position(null)).toMatchObject({ analysedUpTo: 200, trouble: null })
  })
})

describe('a fact that can’t be looked up', () => {
  it('is the disk’s fault and not the rule’s: the slice is taken once more, and nothing goes unsaid', () => {
    writer.appendAll([{ ticket: 2, raw: batchOf(1) }])
    const full = Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR_READ' })
    const lookUp = vi.spyOn(CallFacts.prototype, 'duplicateOf', 'get').mockImplementationOnce(() => {
      throw full
    })
    writer.analyseSlice(longestSliceMs)
    expect(writer.methods.position(null)).toMatchObject({ analysedUpTo: 0, failures: 0 })
    expect(writer.methods.position(null).trouble).toContain('disk I/O error')
    lookUp.mockRestore()
    now += 1_000
    writer.analyseSlice(longestSliceMs)
    expect(writer.methods.position(null)).toMatchObject({ analysedUpTo: 11, failures: 0, trouble: null })
    const found = database.prepare("SELECT event_id FROM problem WHERE rule = 'delivery/duplicate'").all()
    expect(found).toEqual([{ event_id: 11 }])
  })
})

describe('what fails by itself', () => {
  /** Something in the database that can't bear this one event, as a constraint of a later schema might. */
  function forbid(table: string, condition: string): void {
    database.exec(
      `CREATE TRIGGER forbid_${table} BEFORE INSERT ON ${table} WHEN ${condition}
       BEGIN SELECT RAISE(ABORT, 'not this one'); END`,
    )
  }

  const callOf = (messageId: string): RawRequest => {
    const body = Buffer.from(JSON.stringify({ event: 'Step Taken', userId: 'user-1', messageId }))
    return rawRequest(body, { pathType: 'track', url: '/v1/track' })
  }

  const append = (...ids: string[]) =>
    writer.appendAll(ids.map((id, ticket) => ({ ticket, raw: callOf(id) })))

  /** Analyses to the end; fails where it goes round in circles. */
  function analyse(): void {
    for (let slices = 0; writer.analysisDueIn !== null; slices += 1) {
      expect(slices).toBeLessThan(100)
      writer.analyseSlice(longestSliceMs)
    }
  }

  const analysed = (): unknown[] =>
    database
      .prepare('SELECT message_id FROM analysed_event WHERE event_id > 10 ORDER BY event_id')
      .pluck()
      .all()

  beforeEach(() => {
    vi.spyOn(console, 'error').mockReturnValue()
  })

  it('does not cost the calls that arrive with it their place in the log', () => {
    forbid('event', "NEW.message_id = 'poison'")
    const replies = append('a', 'poison', 'b')
    expect(replies).toMatchObject([
      [0, { status: 200 }],
      [1, { status: 400, code: 'CALL_UNSTORABLE', message: expect.stringContaining('not this one') }],
      [2, { status: 200 }],
    ])
    expect(
      database.prepare('SELECT message_id, accepted, rejection_code FROM event WHERE id > 10').all(),
    ).toEqual([
      { message_id: 'a', accepted: 1, rejection_code: null },
      { message_id: null, accepted: 0, rejection_code: 'CALL_UNSTORABLE' },
      { message_id: 'b', accepted: 1, rejection_code: null },
    ])
    expect(database.prepare('SELECT raw_body FROM request WHERE id = 3').pluck().get()).toEqual(
      Buffer.from(callOf('poison').body),
    )
    expect(writer.methods.position(null)).toMatchObject({ events: 13, rejected: 1, trouble: null })
  })

  it('is refused when not even a word about it can be kept', () => {
    forbid('request', "NEW.path = '/v1/batch'")
    const replies = writer.appendAll([{ ticket: 1, raw: batchOf(2) }])
    expect(replies).toMatchObject([[1, { status: 400, code: 'CALL_UNSTORABLE' }]])
    expect(append('a')).toEqual([[0, { status: 200 }]])
    expect(writer.methods.position(null)).toMatchObject({ events: 11, trouble: null })
  })

  it('is left to be sent again when it is the disk, and nothing is tried one by one', () => {
    database.pragma(`max_page_count = ${String(database.pragma('page_count', { simple: true }))}`)
    const replies = writer.appendAll([{ ticket: 1, raw: batchOf(1_000) }])
    expect(replies).toMatchObject([[1, undefined, { code: 'LOG_UNWRITABLE' }]])
    expect(writer.methods.position(null)).toMatchObject({ events: 10, rejected: 0 })
  })

  it('is passed by analysis when nothing can be made of it, and the others are analysed', () => {
    append('a', 'b', 'c')
    database.exec("UPDATE event SET payload = '{' WHERE message_id = 'b'")
    analyse()
    expect(analysed()).toEqual(['a', 'b', 'c'])
    expect(console.error).toHaveBeenCalledTimes(1)
    expect(database.prepare('SELECT sum(events) FROM person').pluck().get()).toBe(12)
  })

  it('is left out by analysis when it can’t even be passed', () => {
    append('a', 'b', 'c')
    forbid('analysed_event', "NEW.message_id = 'b'")
    analyse()
    expect(analysed()).toEqual(['a', 'c'])
    expect(console.error).toHaveBeenCalledTimes(2)
    expect(writer.methods.position(null)).toMatchObject({ analysedUpTo: 13, trouble: null })
    append('d')
    analyse()
    expect(analysed()).toEqual(['a', 'c', 'd'])
  })

  it('is found though it fails only when its slice is written down', () => {
    append('a', 'b', 'c')
    database.exec(
      `UPDATE event SET payload = '{"event":"Poison Taken"}', name = 'Poison Taken' WHERE message_id = 'b'`,
    )
    forbid('catalog_name', "NEW.name = 'Poison Taken'")
    analyse()
    expect(analysed()).toEqual(['a', 'b', 'c'])
    expect(database.prepare('SELECT name, events FROM catalog_name').all()).toEqual([
      { name: 'Step Taken', events: 12 },
    ])
  })

  it('lets analysis rest instead of spinning when nothing at all can be written down', () => {
    forbid('meta', "NEW.key = 'analysed_up_to'")
    for (let slices = 0; writer.analysisDueIn === 0; slices += 1) {
      expect(slices).toBeLessThan(10)
      writer.analyseSlice(longestSliceMs)
    }
    expect(writer.analysisDueIn).toBe(1_000)
    expect(writer.methods.position(null).trouble).toContain('not this one')
  })
})
