import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LogIndexer } from '../../../electron/engine/search/log-indexer.ts'
import { openForReading, openForWriting } from '../../../electron/engine/store/database.ts'
import { openForIndexing, searchFileOf } from '../../../electron/engine/store/search-file.ts'
import { atOnce } from '../../../electron/engine/store/queries/id-windows.ts'
import { readerMethods } from '../../../electron/engine/threads/reader-methods.ts'
import { Writer } from '../../../electron/engine/threads/writer-methods.ts'
import { defaultLintConfig } from '../../../shared/lint/index.ts'
import { rawRequest } from '../../fixtures/raw-request.ts'

const now = Date.parse('2026-01-15T10:00:00.000Z')

let data: string
/** In the order in which they were opened. */
let open: Database.Database[]
let log: Database.Database
let writer: Writer

function opened(database: Database.Database): Database.Database {
  open.push(database)
  return database
}

function append(...calls: unknown[]): void {
  writer.appendAll(
    calls.map((call, ticket) => ({ ticket, raw: rawRequest(Buffer.from(JSON.stringify(call))) })),
  )
  writer.methods.setLintConfig(defaultLintConfig)
  while (writer.analysisDueIn !== null) writer.analyseSlice(1000)
}

function startIndexer(): LogIndexer {
  return new LogIndexer(opened(openForIndexing(log)))
}

/** Of the whole log, as a reader that is opened now finds them. */
function find(query: string): number[] {
  const database = openForReading(data)
  try {
    return atOnce(readerMethods(database).eventIds({ query, order: 'asc', limit: 1000, now })).ids
  } finally {
    database.close()
  }
}

/** All words that the index keeps, each once. */
function keptWords(): string[] {
  const database = new Database(searchFileOf(log), { readonly: true })
  try {
    database.exec("CREATE VIRTUAL TABLE temp.kept USING fts5vocab('main', 'search', 'row')")
    const terms = database.prepare<[], string>('SELECT term FROM temp.kept').pluck().all()
    return terms.map((term) => term.slice(4))
  } finally {
    database.close()
  }
}

const track = (event: string, properties: Record<string, unknown> = {}): unknown => ({
  batch: [{ type: 'track', event, userId: 'ann', properties }],
})

beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'trackside-search-'))
  open = []
  log = opened(openForWriting(data))
  writer = new Writer(log, () => now)
})

afterEach(() => {
  for (const database of open.toReversed()) database.close()
  rmSync(data, { recursive: true })
})

const story = [
  track('Order Placed', { total: 99.5, note: 'Grüße aus Zürich' }),
  track('Order Paid', { card: 'visa', items: [{ sku: 'A-1' }, { sku: 'B-2' }] }),
  { batch: [{ type: 'identify', userId: 'ann', traits: { email: 'ann@example.com', city: 'Zürich' } }] },
  { batch: [{ type: 'group', userId: 'ann', groupId: 'acme', traits: { name: 'Acme, Inc' } }] },
  { batch: [{ type: 'page', anonymousId: 'phone-1', name: 'Order History' }, 'no call at all'] },
  {
    batch: [{ type: 'track', userId: 'ann', placed: 'a key of its own' }],
    context: { page: { path: '/order' } },
  },
  { batch: [{ type: 'alias', userId: 'ann', previousId: 'phone-1' }] },
  track('Placed Order', { Order: 'ORDER', placed: true }),
]
const queries = [
  ...[
    'order',
    'ord',
    'Placed',
    'order placed',
    '"order placed"',
    '"order pla"',
    'zürich',
    'ZÜR',
    'grüße',
    '99',
  ],
  ...[
    'acme',
    'sku',
    'a-1',
    '"b 2"',
    'visa or acme',
    'not order',
    'no call',
    'example.com',
    '/order',
    'nowhere',
  ],
  ...['anonymous:phone-1', 'key own', 'user:ann placed'],
]

describe('words', () => {
  it('are found the same, however much of the log the index has', () => {
    append(...story)
    const without = queries.map(find)
    expect(without.filter((ids) => ids.length > 0).length).toBeGreaterThan(15)
    const indexer = startIndexer()
    for (let upTo = 1; indexer.upTo < writer.lastEventId; upTo += 1) {
      indexer.slice(upTo, () => false)
      expect(indexer.upTo).toBe(upTo)
      expect(queries.map(find)).toEqual(without)
    }
  })

  it('of an event that came after the index was filled are found at once', () => {
    append(track('Order Placed'))
    startIndexer().slice(writer.lastEventId, () => false)
    append(track('Order Paid'))
    expect(find('order')).toEqual([1, 2])
  })

  it('of a payload that is damaged are those of its fields', () => {
    append(track('Order Placed'), track('Order Paid'))
    log.exec("UPDATE event SET payload = '{' WHERE id = 1")
    const without = ['order', 'ann'].map(find)
    expect(without).toEqual([[2], [1, 2]])
    startIndexer().slice(writer.lastEventId, () => false)
    expect(['order', 'ann'].map(find)).toEqual(without)
  })

  it('are found after the words of others were deleted, which are then no longer kept', () => {
    append(track('Order Placed', { card: 'visa' }), track('Order Paid'), track('Order Paid'))
    const indexer = startIndexer()
    indexer.slice(writer.lastEventId, () => false)
    expect(keptWords()).toContain('visa')
    expect(writer.methods.deleteEvents({ query: 'visa', now })).toEqual({ deleted: 1 })
    append()
    expect(find('order')).toEqual([2, 3])
    indexer.slice(0, () => false)
    expect(keptWords()).toEqual([])
    indexer.slice(writer.lastEventId, () => false)
    expect(keptWords()).toContain('paid')
    expect(keptWords()).not.toContain('visa')
    expect(find('order')).toEqual([2, 3])
  })

  it('can be deleted by while nothing has been indexed', () => {
    append(track('Order Placed'), track('Order Paid'))
    expect(writer.methods.deleteEvents({ query: 'placed', now })).toEqual({ deleted: 1 })
  })
})

describe('the index', () => {
  it('goes on where it was after a restart', () => {
    append(track('Order Placed'), track('Order Paid'))
    startIndexer().slice(1, () => false)
    const restarted = startIndexer()
    expect(restarted.upTo).toBe(1)
    expect(restarted.slice(2, () => false)).toBe(false)
    expect(restarted.upTo).toBe(2)
  })

  it('stops with the event that it is at, and says that there are more', () => {
    append(...story)
    const indexer = startIndexer()
    expect(indexer.slice(writer.lastEventId, () => true)).toBe(true)
    expect(indexer.upTo).toBe(1)
  })

  it('passes the gaps that deleted events have left', () => {
    append(...story)
    log.exec('DELETE FROM event WHERE id > 2')
    const indexer = startIndexer()
    expect(indexer.slice(6, () => false)).toBe(false)
    expect(indexer.upTo).toBe(6)
  })

  it('keeps what it had where a slice fails, and goes on with the next one', () => {
    append(...story)
    const indexer = startIndexer()
    indexer.slice(2, () => false)
    const fails = (): boolean => {
      throw new Error('the disk is full')
    }
    expect(() => indexer.slice(writer.lastEventId, fails)).toThrow('the disk is full')
    expect(indexer.upTo).toBe(2)
    indexer.slice(writer.lastEventId, () => false)
    expect(find('order')).toEqual([1, 2, 5, 7, 9])
  })

  it('begins anew where it goes further than the log: that is an older copy', () => {
    append(track('Order Placed'), track('Order Paid'))
    startIndexer().slice(writer.lastEventId, () => false)
    log.exec('DELETE FROM event WHERE id = 2')
    expect(startIndexer().upTo).toBe(0)
  })

  it('begins anew where it is one of another log', () => {
    append(track('Order Placed'))
    startIndexer().slice(1, () => false)
    log.exec("UPDATE indexed_log SET id = 'another log'")
    const indexer = startIndexer()
    indexer.slice(0, () => false)
    expect(indexer.upTo).toBe(0)
    expect(keptWords()).toEqual([])
  })

  it('is made anew where its file is damaged', () => {
    append(track('Order Placed'))
    startIndexer().slice(1, () => false)
    open.pop()?.close()
    writeFileSync(searchFileOf(log), 'x'.repeat(8192))
    expect(find('order')).toEqual([1])
    expect(startIndexer().slice(1, () => false)).toBe(false)
    expect(keptWords()).toContain('placed')
    open.pop()?.close()
    truncateSync(searchFileOf(log), 0)
    expect(startIndexer().upTo).toBe(0)
  })

  it('is made anew where another version has made it', () => {
    append(track('Order Placed'))
    startIndexer().slice(1, () => false)
    open.at(-1)?.pragma('user_version = 9999')
    expect(find('order')).toEqual([1])
    open.pop()?.close()
    expect(startIndexer().upTo).toBe(0)
  })
})
