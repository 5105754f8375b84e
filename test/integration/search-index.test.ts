import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { RunningEngine } from './running-engine.ts'

// Words are found with the index and without it alike, so what follows looks into its file, too.

let engine: RunningEngine

const file = (): string => join(engine.data, 'search.db')

function inIndex<T>(look: (database: Database.Database) => T): T {
  const database = new Database(file(), { readonly: true })
  try {
    return look(database)
  } finally {
    database.close()
  }
}

const indexedUpTo = (): unknown =>
  inIndex((database) => database.prepare('SELECT up_to FROM search_progress').pluck().get())

function keptWords(): string[] {
  return inIndex((database) => {
    database.exec("CREATE VIRTUAL TABLE temp.kept USING fts5vocab('main', 'search', 'row')")
    const terms = database.prepare<[], string>('SELECT term FROM temp.kept').pluck().all()
    return terms.map((term) => term.slice(4))
  })
}

const indexed = (upTo: number): Promise<void> =>
  vi.waitFor(() => expect(indexedUpTo()).toBe(upTo), { timeout: 10_000, interval: 20 })

const found = async (query: string): Promise<number[]> => (await engine.events(query)).map(({ id }) => id)

beforeAll(async () => {
  engine = await RunningEngine.start()
  const batch = Array.from({ length: 3_000 }, (_, index) => ({
    type: 'track',
    event: 'Order Placed',
    userId: 'ann',
    properties: { order_id: `order-${index}`, coupon: index === 1_500 ? 'Sommerschluß' : 'none' },
  }))
  await engine.post('/v1/batch', { writeKey: 'web', batch })
  await engine.analysed()
})

afterAll(() => engine.close())

it('words are found before the index has them, and when it has', async () => {
  expect(await found('sommerschluß')).toEqual([1_501])
  await indexed(3_000)
  expect(keptWords()).toContain('sommerschluß')
  expect(await found('sommerschluß')).toEqual([1_501])
})

it('the index goes on after a restart with what has come', async () => {
  await indexed(3_000)
  await engine.restart()
  await engine.call('track', { event: 'Order Paid', userId: 'ann', properties: { card: 'visa' } })
  expect(await found('visa')).toEqual([3_001])
  await indexed(3_001)
  expect(await found('visa')).toEqual([3_001])
})

it('words of deleted events are in the index no longer', async () => {
  await indexed(3_001)
  await engine.api('/events?query=sommerschlu%C3%9F', 'DELETE')
  await engine.analysed()
  await vi.waitFor(() => expect(keptWords()).not.toContain('sommerschluß'), { timeout: 10_000 })
  await indexed(3_001)
  expect(keptWords()).toContain('visa')
  expect(keptWords()).not.toContain('sommerschluß')
  expect(await found('sommerschluß')).toEqual([])
  expect(await found('visa')).toEqual([3_001])
})

it('an index that is lost or damaged is made anew', async () => {
  await engine.restart(() => writeFileSync(file(), 'no database at all'))
  expect(await found('visa')).toEqual([3_001])
  await indexed(3_001)
  await engine.restart(() => rmSync(file()))
  expect(await found('visa')).toEqual([3_001])
  await indexed(3_001)
  expect(keptWords()).toContain('visa')
})
