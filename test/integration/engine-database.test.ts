import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { migrate } from '../../electron/engine/store/database.ts'
import { inProject } from '../../scripts/project.ts'
import type { ErrorCode, TracksideError } from '../../shared/contract/errors.ts'
import type { EventDetail } from '../../shared/event.ts'
import { engineOptions, refusedStart, serveEngine, temporaryDirectory } from './served-engine.ts'

let data: string

beforeEach(() => {
  data = temporaryDirectory()
})

afterEach(() => rmSync(data, { recursive: true, force: true }))

describe('a database', () => {
  const file = (): string => join(data, 'trackside.db')

  async function madeDatabase(): Promise<void> {
    const engine = await serveEngine({ data })
    await engine.capture(
      Array.from({ length: 300 }, (_, index) => ({
        type: 'track',
        event: `Event ${index} Sent`,
        userId: 'jane',
        properties: { text: 'x'.repeat(500) },
      })),
    )
    await engine.close()
  }

  async function refusal(code: ErrorCode): Promise<TracksideError> {
    const error = await refusedStart(engineOptions(data))
    expect(error.code).toBe(code)
    return error
  }

  it('of a newer version is left alone', async () => {
    await madeDatabase()
    const database = new Database(file())
    database.pragma('user_version = 999')
    database.close()
    const error = await refusal('DATABASE_NEWER')
    expect(error.data).toMatchObject({ found: 999 })
    expect(error.message).toContain('Update Trackside')
  })

  it.each<[string, () => void]>([
    ['is something else', () => writeFileSync(file(), 'not a database at all, but long enough'.repeat(100))],
    ['is a directory', () => mkdirSync(file())],
  ])('that %s is not touched, and named', async (_, spoil) => {
    spoil()
    const before = statSync(file())
    const error = await refusal('DATABASE_UNREADABLE')
    expect(error.message).toContain(file())
    expect(statSync(file())).toMatchObject({ size: before.size, mtimeMs: before.mtimeMs })
  })

  function overwrite(from: number, bytes: number): void {
    const descriptor = openSync(file(), 'r+')
    writeSync(descriptor, Buffer.alloc(bytes, 0xff), 0, bytes, from)
    closeSync(descriptor)
  }

  function pageOf(table: string): number {
    const database = new Database(file(), { readonly: true })
    const row = database
      .prepare<[string], { rootpage: number }>('SELECT rootpage FROM sqlite_schema WHERE name = ?')
      .get(table)
    database.close()
    return ((row?.rootpage ?? 1) - 1) * 4096
  }

  it.each<[string, () => void]>([
    ['behind its header', () => overwrite(100, 3000)],
    ['in the table of events', () => overwrite(pageOf('event'), 4096)],
    ['in what is derived', () => overwrite(pageOf('meta'), 4096)],
  ])('that is damaged %s says so instead of failing with a stack', async (_, damage) => {
    await madeDatabase()
    damage()
    const error = await refusal('DATABASE_UNREADABLE')
    expect(error.message).toContain(file())
  })

  it('of the first version is brought up to date, with all that it holds', async () => {
    const database = new Database(file())
    database.exec(readFileSync(inProject('electron/engine/store/migrations/0001_log.sql'), 'utf8'))
    database.pragma('user_version = 1')
    database.exec(
      `INSERT INTO request (received_at, method, path, headers, body_bytes)
         VALUES (1000, 'POST', '/v1/track', '[]', 2), (1000, 'POST', '/v1/batch', '[]', 2);
       INSERT INTO event (request_id, batch_index, received_at, type, name, user_id, timestamp, accepted, payload)
         VALUES (1, NULL, 1000, 'track', 'Invoice Sent', 'jane', 1000, 1, '{"event":"Invoice Sent","userId":"jane"}'),
           (2, 0, 1000, 'track', 'Invoice Paid', 'joe', 1000, 1, '{"event":"Invoice Paid","userId":"joe"}'),
           (2, 1, 1000, 'track', 'Invoice Sent', 'joe', 1000, 1, '{"event":"Invoice Sent","userId":"joe"}')`,
    )
    database.close()
    const engine = await serveEngine({ data })
    await engine.analysed()
    expect(await engine.events('user:jane')).toMatchObject([{ id: 1, event: 'Invoice Sent' }])
    const companionsOf = async (id: number) =>
      (await engine.get<EventDetail>(`/events/${id}`)).request.eventIds
    expect(await companionsOf(1)).toEqual([1])
    expect(await companionsOf(3)).toEqual([2, 3])
    await engine.close()
  })

  it('stays as it was when a migration fails in the middle', () => {
    const database = new Database(':memory:')
    const first = { version: 1, sql: "CREATE TABLE a (x TEXT) STRICT; INSERT INTO a VALUES ('kept')" }
    migrate(database, [first])
    const schema = () => database.prepare('SELECT type, name, sql FROM sqlite_schema').all()
    const before = schema()
    const second = { version: 2, sql: 'CREATE TABLE b (y TEXT); DELETE FROM a' }
    const broken = {
      version: 3,
      sql: 'ALTER TABLE a ADD COLUMN z TEXT; DROP TABLE b; INSERT INTO nowhere VALUES (1)',
    }
    const failing = { ...broken, version: 2, sql: `${second.sql}; ${broken.sql}` }
    expect(() => migrate(database, [first, failing])).toThrow(/schema 2 failed: .*nowhere.*as it was before/)
    expect(schema()).toEqual(before)
    expect(database.pragma('user_version', { simple: true })).toBe(1)
    expect(database.prepare('SELECT x FROM a').all()).toEqual([{ x: 'kept' }])

    // Steps before the one that fails are whole, and stay.
    expect(() => migrate(database, [first, second, broken])).toThrow(/schema 3 failed/)
    expect(database.pragma('user_version', { simple: true })).toBe(2)
    expect(database.prepare('SELECT name FROM sqlite_schema ORDER BY name').all()).toEqual([
      { name: 'a' },
      { name: 'b' },
    ])
    expect(() => migrate(database, [first])).toThrow(/newer Trackside \(schema 2, this one knows 1\)/)
  })
})
