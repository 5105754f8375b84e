import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CatalogDetail, CatalogPage, CatalogProperty } from '../../shared/contract/catalog.ts'
import type { JsonObject } from '../../shared/event.ts'
import { RunningEngine } from './running-engine.ts'

// What the catalog knows of names and their metadata: over time, by source, and what looks alike.

let engine: RunningEngine

beforeAll(async () => {
  engine = await RunningEngine.start()
})
afterAll(() => engine.close())

/** Sends track calls in one batch; they get ids one after the other. */
async function send(calls: readonly { event: string; properties?: JsonObject }[], source = 'web') {
  const batch = calls.map((call) => ({ type: 'track', userId: 'u1', ...call }))
  const answer = await engine.post('/v1/batch', { writeKey: source, batch })
  if (answer.status !== 200) throw new Error(answer.text)
  const { lastEventId } = await engine.analysed()
  return { firstId: lastEventId - calls.length + 1, lastId: lastEventId }
}

const list = (query = ''): Promise<CatalogPage> => engine.api(`/catalog?${query}`)
const listed = async (query: string): Promise<string[]> => (await list(query)).names.map(({ name }) => name)
const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)

function property(detail: CatalogDetail, path: string): CatalogProperty {
  const found = detail.properties.find((known) => known.path === path)
  if (found === undefined) throw new Error(`no property ${path}`)
  return found
}

describe('a property', () => {
  it('tells in which event each of its types began, and which had it last', async () => {
    const totals = [1, 2, '3', 4, null, '5', 6]
    const { firstId } = await send(totals.map((total) => ({ event: 'Cart Viewed', properties: { total } })))
    const { types } = property(await engine.name('Cart Viewed'), 'total')
    expect(types.map(({ type, events, first, last }) => [type, events, first.eventId, last.eventId])).toEqual(
      [
        ['number', 4, firstId, firstId + 6],
        ['string', 2, firstId + 2, firstId + 5],
        ['null', 1, firstId + 4, firstId + 4],
      ],
    )
    const { receivedAt } = await engine.event(firstId + 2)
    expect(types[1]?.first.receivedAt).toBe(receivedAt)
  })

  it('is in as many events as have it, whatever types stand there in one of them', async () => {
    await send([
      { event: 'Tags Edited', properties: { tags: ['a', 1, null] } },
      { event: 'Tags Edited', properties: { tags: ['b'] } },
      { event: 'Tags Edited', properties: {} },
    ])
    const tags = property(await engine.name('Tags Edited'), 'tags[]')
    expect(tags.events).toBe(2)
    expect(sum(tags.types.map(({ events }) => events))).toBe(4)
  })

  it('lists its values where they are few, counted over many slices of analysis', async () => {
    const currencies = ['EUR', 'USD', 'EUR', 'GBP']
    const calls = Array.from({ length: 2_000 }, (_, index) => ({
      event: 'Invoice Paid',
      properties: { currency: currencies[index % 4], invoice_id: `inv_${index}`, paid: index % 5 > 0 },
    }))
    await send(calls)
    const detail = await engine.name('Invoice Paid')
    expect(property(detail, 'currency').values).toEqual([
      { value: 'EUR', events: 1000 },
      { value: 'USD', events: 500 },
      { value: 'GBP', events: 500 },
    ])
    expect(property(detail, 'paid').values).toEqual([
      { value: true, events: 1600 },
      { value: false, events: 400 },
    ])
    expect(property(detail, 'invoice_id')).toMatchObject({ values: null, example: '"inv_0"' })
  })

  it('keeps no value that is personal', async () => {
    await send([
      {
        event: 'Member Invited',
        properties: { email: 'jane@example.com', by: '+32 475 12 34 56', role: 'admin' },
      },
    ])
    const detail = await engine.name('Member Invited')
    expect(property(detail, 'email')).toMatchObject({ values: null, isPersonal: true })
    expect(property(detail, 'by')).toMatchObject({ values: null, isPersonal: true })
    expect(property(detail, 'role')).toMatchObject({
      values: [{ value: 'admin', events: 1 }],
      isPersonal: false,
    })
    expect(JSON.stringify(detail.properties)).not.toMatch(/jane|475/)
  })
})

describe('a name', () => {
  it('tells how often each source sends it', async () => {
    await send([{ event: 'Report Exported' }, { event: 'Report Exported' }], 'server')
    await send([{ event: 'Report Exported' }], 'web')
    const { bySource, sources } = await engine.name('Report Exported')
    expect(bySource).toEqual([
      { source: 'server', events: 2 },
      { source: 'web', events: 1 },
    ])
    expect(sources).toEqual(['server', 'web'])
    expect(await listed('source=server')).toEqual(['Report Exported'])
    expect(await listed('source=nobody')).toEqual([])
  })

  it('has a trend that holds all of its events', async () => {
    for (const span of ['all', 'day', 'hour']) {
      const { names } = await list(`trend=${span}`)
      for (const { trend, events } of names) expect(sum(trend)).toBe(events)
    }
  })

  it('gives way to the look-alike that is right, however little that one is used', async () => {
    await send([
      ...Array.from({ length: 5 }, () => ({ event: 'order_completed' })),
      { event: 'Order Completed' },
      { event: 'Orders Completed' },
      { event: 'Order Completed' },
    ])
    const detail = await engine.name('order_completed')
    expect(detail).toMatchObject({ lookAlikes: 2, survivor: 'Order Completed' })
    expect(detail.lookAlikeNames).toEqual([
      { name: 'Order Completed', events: 2, isClean: true },
      { name: 'Orders Completed', events: 1, isClean: true },
    ])
    expect((await engine.name('Order Completed')).survivor).toBe('Order Completed')
    expect((await engine.name('Cart Viewed')).survivor).toBe(null)
  })

  it('is also like one that is a letter away', async () => {
    await send([{ event: 'Playlist Shared' }, { event: 'Playlist Shared' }, { event: 'Playlsit Shared' }])
    expect(await engine.name('Playlsit Shared')).toMatchObject({ lookAlikes: 1, survivor: 'Playlist Shared' })
    expect(await engine.name('Playlist Shared')).toMatchObject({ lookAlikes: 1, survivor: 'Playlist Shared' })
  })

  it('that is made up on the spot is told which one it looks like', async () => {
    const judged = (name: string) =>
      engine.api<{ problems: { suggestion: string }[] }>('/lint/name', 'POST', { name })
    expect((await judged('Playlists Shared')).problems[0]?.suggestion).toBe('Playlist Shared')
    await send([{ event: 'Ticket Bought' }])
    expect((await judged('Tickets Bought')).problems[0]?.suggestion).toBe('Ticket Bought')
    expect((await judged('Ticket Bought')).problems).toEqual([])
  })
})

describe('the list', () => {
  it('is narrowed to what looks alike, and to what has problems, and says how many there are', async () => {
    const alike = await list('withLookAlikes=true')
    expect(alike.names.map(({ name }) => name).toSorted()).toEqual([
      'Order Completed',
      'Orders Completed',
      'Playlist Shared',
      'Playlsit Shared',
      'order_completed',
    ])
    expect(alike.total).toBe(5)
    const wrong = await list('withProblems=true&withLookAlikes=true&limit=1')
    expect(wrong.names).toHaveLength(1)
    expect(wrong.total).toBeGreaterThan(1)
    expect((await list('withProblems=true')).names.every(({ problems }) => problems > 0)).toBe(true)
  })
})

it('knows all of that again after a restart, counts on from there, and after a rebuild', async () => {
  const known = async () => Promise.all((await list('limit=500')).names.map(({ name }) => engine.name(name)))
  const before = await known()
  await engine.restart()
  await engine.analysed()
  expect(await known()).toEqual(before)

  await send([{ event: 'Invoice Paid', properties: { currency: 'EUR', paid: 'yes', invoice_id: 7 } }])
  const invoice = await engine.name('Invoice Paid')
  expect(property(invoice, 'currency').values?.[0]).toEqual({ value: 'EUR', events: 1001 })
  expect(property(invoice, 'paid').types.map(({ type }) => type)).toEqual(['boolean', 'string'])
  expect(property(invoice, 'invoice_id').types.map(({ type }) => type)).toEqual(['string', 'number'])

  const after = await known()
  await engine.api('/rebuild', 'POST')
  await engine.analysed()
  expect(await known()).toEqual(after)
})
