import { copyFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WordIndex } from '../../../electron/engine/search/word-index.ts'
import { databaseFile, openForReading, openForWriting } from '../../../electron/engine/store/database.ts'
import { searchFileOf } from '../../../electron/engine/store/search-file.ts'
import { atOnce } from '../../../electron/engine/store/queries/id-windows.ts'
import { mending } from '../../../electron/engine/threads/indexer-methods.ts'
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
let readers: Reader[]

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

/** The index beside a connection that reads, and what queries on that connection find. */
interface Reader {
  index: WordIndex
  find(query: string): number[]
  close(): void
}

function startReader(): Reader {
  const database = openForReading(data)
  const index = new WordIndex(database)
  const methods = mending(readerMethods(database), index)
  const reader: Reader = {
    index,
    find: (query) => atOnce(methods.eventIds({ query, order: 'asc', limit: 10_000, now })).ids,
    close: () => {
      readers = readers.filter((other) => other !== reader)
      index.close()
      database.close()
    },
  }
  readers.push(reader)
  return reader
}

/** As a reader without an index finds them. */
function findWithout(query: string): number[] {
  const database = openForReading(data)
  try {
    return atOnce(readerMethods(database).eventIds({ query, order: 'asc', limit: 10_000, now })).ids
  } finally {
    database.close()
  }
}

function changeIndex(sql: string): void {
  const database = new Database(searchFileOf(log))
  database.exec(sql)
  database.close()
}

/** Overwrites all of the index behind so many pages of 4 KB. */
function damageFrom(page: number): void {
  const content = readFileSync(searchFileOf(log))
  expect(content.length).toBeGreaterThan(2 * page * 4096)
  writeFileSync(searchFileOf(log), content.fill('x', page * 4096))
}

const all = (index: WordIndex): void => {
  while (index.slice(writer.lastEventId, () => false));
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
  readers = []
  log = opened(openForWriting(data))
  writer = new Writer(log, () => now)
})

afterEach(() => {
  for (const reader of readers) reader.close()
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
    const without = queries.map(findWithout)
    expect(without.filter((ids) => ids.length > 0).length).toBeGreaterThan(18)
    const { index, find } = startReader()
    for (let upTo = 1; index.upTo < writer.lastEventId; upTo += 1) {
      index.slice(upTo, () => false)
      expect(index.upTo).toBe(upTo)
      expect(queries.map(find)).toEqual(without)
    }
  })

  it('of an event that came after the index was filled are found at once', () => {
    append(track('Order Placed'))
    const { index, find } = startReader()
    all(index)
    append(track('Order Paid'))
    expect(find('order')).toEqual([1, 2])
  })

  it('of a payload that is damaged are those of its fields', () => {
    append(track('Order Placed'), track('Order Paid'))
    log.exec("UPDATE event SET payload = '{' WHERE id = 1")
    const { index, find } = startReader()
    expect(['order', 'ann'].map(find)).toEqual([[2], [1, 2]])
    all(index)
    expect(['order', 'ann'].map(find)).toEqual([[2], [1, 2]])
  })

  it('are found after the words of others were deleted, which are then no longer kept', () => {
    append(track('Order Placed', { card: 'visa' }), track('Order Paid'), track('Order Paid'))
    const { index, find } = startReader()
    all(index)
    expect(keptWords()).toContain('visa')
    expect(writer.methods.deleteEvents({ ids: find('visa') })).toEqual({ deleted: 1 })
    append()
    expect(find('order')).toEqual([2, 3])
    index.slice(0, () => false)
    expect(keptWords()).toEqual([])
    expect(readFileSync(searchFileOf(log)).includes('visa')).toBe(false)
    all(index)
    expect(keptWords()).toContain('paid')
    expect(keptWords()).not.toContain('visa')
    expect(find('order')).toEqual([2, 3])
  })
})

describe('the index', () => {
  it('goes on where it was after a restart', () => {
    append(track('Order Placed'), track('Order Paid'))
    const first = startReader()
    first.index.slice(1, () => false)
    first.close()
    const { index } = startReader()
    expect(index.upTo).toBe(1)
    expect(index.slice(2, () => false)).toBe(false)
    expect(index.upTo).toBe(2)
  })

  it('goes on after a restart also where the latest events were deleted', () => {
    append(...story)
    const first = startReader()
    writer.methods.deleteEvents({ ids: [7, 8, 9] })
    append()
    all(first.index)
    first.close()
    expect(startReader().index.upTo).toBe(writer.lastEventId)
  })

  it('stops with the event that it is at, and says that there are more', () => {
    append(...story)
    const { index } = startReader()
    expect(index.slice(writer.lastEventId, () => true)).toBe(true)
    expect(index.upTo).toBe(1)
  })

  it('passes the gaps that deleted events have left', () => {
    append(...story)
    log.exec('DELETE FROM event WHERE id > 2')
    const { index } = startReader()
    expect(index.slice(6, () => false)).toBe(false)
    expect(index.upTo).toBe(6)
  })

  it('keeps what it had where a slice fails, and goes on with the next one', () => {
    append(...story)
    const { index, find } = startReader()
    index.slice(2, () => false)
    const fails = (): boolean => {
      throw new Error('the disk is full')
    }
    expect(() => index.slice(writer.lastEventId, fails)).toThrow('the disk is full')
    expect(index.upTo).toBe(2)
    all(index)
    expect(find('order')).toEqual([1, 2, 5, 7, 9])
  })
})

/** Puts the log aside, lets something happen to it, and has it come back as it was: what a backup does. */
function comesBackAfter(change: () => void): void {
  log.pragma('wal_checkpoint(TRUNCATE)')
  copyFileSync(databaseFile(data), join(data, 'copy'))
  change()
  for (const reader of readers) reader.close()
  open.splice(0).forEach((database) => database.close())
  for (const ending of ['-wal', '-shm']) rmSync(`${databaseFile(data)}${ending}`, { force: true })
  copyFileSync(join(data, 'copy'), databaseFile(data))
  log = opened(openForWriting(data))
  writer = new Writer(log, () => now)
}

describe('an index of another state of the log', () => {
  it('is not looked into, and is made anew, where the log had other events', () => {
    append(track('Order Placed', { card: 'visa' }), track('Order Paid'))
    comesBackAfter(() => {
      const { index } = startReader()
      writer.methods.deleteEvents({ ids: [1] })
      append()
      all(index)
      expect(keptWords()).not.toContain('visa')
    })
    // One that only reads, as it is before anybody has looked at the file.
    const database = opened(openForReading(data))
    database.prepare('ATTACH ? AS words').run(searchFileOf(log))
    const { ids } = atOnce(readerMethods(database).eventIds({ query: 'visa', order: 'asc', limit: 9, now }))
    expect(ids).toEqual([1])
    open.pop()?.close()
    const { index, find } = startReader()
    expect(index.upTo).toBe(0)
    expect(find('visa')).toEqual([1])
  })

  it('is not looked into, and is made anew, where the log had more events', () => {
    append(track('Order Placed'))
    comesBackAfter(() => {
      append(track('Order Paid'), track('Order Paid'))
      all(startReader().index)
    })
    const { index, find } = startReader()
    expect(index.upTo).toBe(0)
    append(track('Invoice Sent'), track('Order Sent'))
    expect(find('paid')).toEqual([])
    expect(find('order')).toEqual([1, 3])
  })
})

describe('an index that is damaged', () => {
  it.each([
    ['no database', () => writeFileSync(searchFileOf(log), 'x'.repeat(8192))],
    ['empty', () => truncateSync(searchFileOf(log), 0)],
    ['of another version', () => changeIndex('PRAGMA user_version = 9999')],
    ['without a table', () => changeIndex('DROP TABLE search_progress')],
  ])('is made anew: %s', (_how, damage) => {
    append(track('Order Placed'))
    const first = startReader()
    all(first.index)
    first.close()
    damage()
    const { index, find } = startReader()
    expect(index.upTo).toBe(0)
    expect(find('placed')).toEqual([1])
    all(index)
    expect(keptWords()).toContain('placed')
  })

  it.each(['query', 'slice'])('deep inside is made anew by the %s that meets the damage', (meets) => {
    const calls = Array.from({ length: 3_000 }, (_, n) => ({
      ...{ type: 'track', event: 'Step Taken', userId: `user-${n}`, messageId: `message-${n}` },
    }))
    append({ batch: calls })
    const first = startReader()
    all(first.index)
    first.close()
    damageFrom(9)
    const { index, find } = startReader()
    expect(index.upTo).toBe(3_000)
    if (meets === 'query') expect(find('taken')).toHaveLength(3_000)
    append({ batch: calls })
    all(index)
    expect(find('taken')).toHaveLength(6_000)
    expect(find('user-2999')).toEqual([3_000, 6_000])
    expect(index.upTo).toBe(6_000)
    expect(keptWords()).toContain('taken')
  })
})
