import Database from 'better-sqlite3'
import { beforeEach, describe, expect, it } from 'vitest'
import type { RawRequest } from '../../../electron/engine/capture/raw-request.ts'
import { migrate } from '../../../electron/engine/store/database.ts'
import { Writer } from '../../../electron/engine/threads/writer-methods.ts'

function batchOf(size: number): RawRequest {
  const batch = Array.from({ length: size }, (_, index) => ({
    type: 'track',
    event: 'Step Taken',
    userId: 'user-1',
    messageId: `m${index}`,
  }))
  const body = Buffer.from(JSON.stringify({ writeKey: 'web', batch }))
  return {
    receivedAt: 1_770_091_200_000,
    method: 'POST',
    url: '/v1/batch',
    headers: [],
    remoteAddress: null,
    remotePort: null,
    httpVersion: '1.1',
    isSecure: false,
    connection: 1,
    connectionRequest: 1,
    arrivalMs: 0,
    pathType: null,
    body,
    bodyBytes: body.length,
    isTooLarge: false,
  }
}

let now: number
let database: Database.Database
let writer: Writer

beforeEach(() => {
  now = 5_000
  database = new Database(':memory:')
  migrate(database)
  writer = new Writer(database, () => now)
  writer.appendAll([{ ticket: 1, method: 'append', input: batchOf(10) }])
})

const analysedUpTo = (): number => writer.methods.position(null).analysedUpTo

describe('analysis', () => {
  it('stops after the event that it is at when a call arrives, and goes on there', () => {
    let looks = 0
    writer.analyseSlice(() => ++looks === 3)
    expect(analysedUpTo()).toBe(3)
    writer.analyseSlice(() => true)
    expect(analysedUpTo()).toBe(4)
    writer.analyseSlice()
    expect(analysedUpTo()).toBe(10)
    expect(writer.analysisDueIn).toBe(null)
  })

  it('stops after five milliseconds', () => {
    writer.analyseSlice(() => {
      now += 5
      return false
    })
    expect(analysedUpTo()).toBe(2)
  })

  it('rests a second while the disk is full, says so, and goes on by itself', () => {
    writer.appendAll([{ ticket: 2, method: 'append', input: batchOf(190) }])
    database.pragma(`max_page_count = ${String(database.pragma('page_count', { simple: true }))}`)
    writer.analyseSlice()
    expect(analysedUpTo()).toBe(0)
    expect(writer.methods.position(null).trouble).toContain('full')
    expect(writer.analysisDueIn).toBe(1_000)
    now += 400
    expect(writer.analysisDueIn).toBe(600)
    database.pragma('max_page_count = 1000000')
    now += 600
    expect(writer.analysisDueIn).toBe(0)
    writer.analyseSlice()
    expect(writer.methods.position(null)).toMatchObject({ analysedUpTo: 200, trouble: null })
  })
})
