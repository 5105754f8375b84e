import Database from 'better-sqlite3'
import { beforeEach, describe, expect, it } from 'vitest'
import { migrate } from '../../../electron/engine/store/database.ts'
import { CatalogQueries } from '../../../electron/engine/store/queries/catalog.ts'
import { EventQueries } from '../../../electron/engine/store/queries/events.ts'
import { atOnce } from '../../../electron/engine/store/queries/id-windows.ts'
import { LookAlikeQueries } from '../../../electron/engine/store/queries/look-alikes.ts'
import { Writer } from '../../../electron/engine/threads/writer-methods.ts'
import { defaultLintConfig } from '../../../shared/lint/index.ts'
import { rawRequest } from '../../fixtures/raw-request.ts'

let database: Database.Database
let writer: Writer
/** What has been sent, in the order of the log: its first event has the id 1. */
let sent: { type: string; event: string | null; account: string | null }[]

beforeEach(() => {
  database = new Database(':memory:')
  migrate(database)
  writer = new Writer(database)
  writer.methods.setLintConfig(defaultLintConfig)
  sent = []
})

/** Of five accounts and none, seven names, and pages of the same names. */
function send(events: number): void {
  const batch = Array.from({ length: events }, () => {
    const number = sent.length
    const [type, name] = [number % 4 === 0 ? 'page' : 'track', `Step ${String(number % 7)} Taken`]
    const account = number % 6 === 5 ? null : `acme-${String(number % 6)}`
    sent.push({ type, event: type === 'track' ? name : null, account })
    return {
      type,
      ...(type === 'track' ? { event: name } : { name }),
      userId: 'user-1',
      messageId: `m${String(number)}`,
      context: account === null ? {} : { groupId: account },
    }
  })
  for (let from = 0; from < events; from += 500)
    writer.appendAll([
      { ticket: 1, raw: rawRequest(Buffer.from(JSON.stringify({ batch: batch.slice(from, from + 500) }))) },
    ])
}

/** Slices of so many events, until so many are analysed. */
function analyse(upTo: number, size = 100): void {
  while (writer.methods.position(null).analysedUpTo < upTo) {
    let taken = 0
    writer.analyseSlice(10_000, () => (taken += 1) >= size)
  }
}

function idsOf(
  query: string,
  window: { after?: number; upTo?: number } = {},
  order: 'asc' | 'desc' = 'asc',
): number[] {
  const input = { query, order, limit: 20_000, now: 0, ...window }
  return atOnce(new EventQueries(database).ids(input)).ids
}

const idsWhere = (matches: (call: (typeof sent)[number]) => boolean, above = 0, upTo = Infinity): number[] =>
  sent.flatMap((call, index) => (matches(call) && index + 1 > above && index + 1 <= upTo ? [index + 1] : []))

const listedIn = (table: string): number =>
  database.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0

describe('lists of events', () => {
  it.each([500, 2_047, 2_100, 4_500])(
    'find the same wherever they end: %i events are analysed',
    (analysed) => {
      send(5_000)
      analyse(analysed, 7)
      const upTo = writer.methods.position(null).analysedUpTo
      expect(idsOf('account:acme-3')).toEqual(idsWhere(({ account }) => account === 'acme-3', 0, upTo))
      expect(idsOf('event:"step 2 taken"')).toEqual(
        idsWhere(({ event }) => event === 'Step 2 Taken', 0, upTo),
      )
      expect(idsOf('event:"step 2 taken" account:acme-3')).toEqual(
        idsWhere(({ event, account }) => event === 'Step 2 Taken' && account === 'acme-3', 0, upTo),
      )
      expect(idsOf('NOT account:acme-3')).toEqual(idsWhere(({ account }) => account !== 'acme-3', 0, upTo))
    },
  )

  it('are looked up in any part of the log, from either end', () => {
    send(5_000)
    analyse(5_000)
    const inAcme = (above: number, upTo: number): number[] =>
      idsWhere(({ account }) => account === 'acme-1', above, upTo)
    for (const [after, upTo] of [
      [0, 10],
      [2_000, 2_100],
      [4_090, 4_110],
      [4_900, 5_000],
    ] as const) {
      expect(idsOf('account:acme-1', { after, upTo })).toEqual(inAcme(after, upTo))
      expect(idsOf('account:acme-1', { after, upTo }, 'desc')).toEqual(inAcme(after, upTo).toReversed())
    }
  })

  it('are brought up to date for many events at once', () => {
    send(3_000)
    analyse(2_000)
    expect(listedIn('account_event')).toBe(0)
    analyse(2_100)
    expect(listedIn('account_event')).toBe(idsWhere(({ account }) => account !== null, 0, 2_048).length)
    expect(listedIn('name_event')).toBe(idsWhere(({ type }) => type === 'track', 0, 2_048).length)
    analyse(3_000)
    expect(listedIn('name_event')).toBe(idsWhere(({ type }) => type === 'track', 0, 2_048).length)
  })

  it('begin anew with analysis', () => {
    send(3_000)
    analyse(3_000)
    writer.methods.deleteEvents({ ids: Array.from({ length: 1_000 }, (_, index) => index + 1) })
    expect(listedIn('account_event')).toBe(0)
    expect(idsOf('account:acme-1')).toEqual([])
    analyse(3_000)
    expect(idsOf('account:acme-1')).toEqual(idsWhere(({ account }) => account === 'acme-1', 1_000))
  })

  it('take back what a slice has listed that could not be committed', () => {
    send(2_400)
    analyse(2_000)
    database.exec(`CREATE TRIGGER no_end BEFORE UPDATE ON meta WHEN NEW.key = 'analysed_up_to' AND NEW.value > '2000'
      BEGIN SELECT raise(ABORT, 'no'); END`)
    writer.analyseSlice(10_000)
    expect(listedIn('account_event')).toBe(0)
    expect(idsOf('account:acme-1')).toEqual(idsWhere(({ account }) => account === 'acme-1', 0, 2_000))
    database.exec('DROP TRIGGER no_end')
    analyse(2_400)
    expect(idsOf('account:acme-1')).toEqual(idsWhere(({ account }) => account === 'acme-1'))
    expect(listedIn('account_event')).toBeGreaterThan(0)
  })

  it('give a name its latest events, listed or not, and leave out pages of the same name', () => {
    // Half of them are listed.
    send(2_062)
    analyse(2_062)
    expect(listedIn('name_event')).toBe(idsWhere(({ type }) => type === 'track', 0, 2_048).length)
    const { examples } = new CatalogQueries(database, new LookAlikeQueries(database, () => [])).get(
      { name: 'Step 4 Taken', trend: 'all' },
      () => [],
    )
    expect(examples).toEqual(
      idsWhere(({ event }) => event === 'Step 4 Taken')
        .slice(-5)
        .toReversed(),
    )
  })
})
