import { afterEach, beforeEach, expect, it } from 'vitest'
import type { CatalogName } from '../../shared/contract/catalog.ts'
import type { Account, Status, User } from '../../shared/contract/schemas.ts'
import type { ProblemGroup } from '../../shared/contract/problems.ts'
import type { JsonObject } from '../../shared/event.ts'
import { success } from './answers.ts'
import { RunningEngine } from './running-engine.ts'

// What is derived can be thrown away at any time: it is made anew from the log alone.

let engine: RunningEngine

beforeEach(async () => {
  engine = await RunningEngine.start()
})

afterEach(() => engine.close())

/** Everything that the API tells of what is derived. */
async function derived() {
  const { users: known, accounts, names, problems, sources, analysedUpTo } = await engine.analysed()
  const people = (await engine.api<{ users: User[] }>('/users?limit=500')).users
  const all = await engine.api<{ accounts: Account[] }>('/accounts?limit=500')
  const catalog = await engine.api<{ names: CatalogName[] }>('/catalog?limit=500')
  const groups = await engine.api<{ problems: ProblemGroup[] }>('/problems?limit=500')
  return {
    counts: { known, accounts, names, problems, sources, analysedUpTo },
    people: await Promise.all(people.map(({ id }) => engine.user(id))),
    accounts: await Promise.all(all.accounts.map(({ id }) => engine.account(id))),
    catalog: await Promise.all(catalog.names.map(({ name: event }) => engine.name(event))),
    groups: groups.problems,
    events: await engine.events(),
    histogram: await engine.api(
      '/histogram?buckets=20&from=2020-01-01T00:00:00.000Z&to=2040-01-01T00:00:00.000Z',
    ),
    found: (await engine.events('jane -source:web')).map(({ id }) => id),
  }
}

/** A story of many users on many devices, with all that goes wrong in one; the same each time. */
function manyCalls(count: number): JsonObject[] {
  const events = [
    ...['Invoice Sent', 'Order Completed', 'order_completed', 'Send Invoice', 'Orders Completed'],
    ...['Event 12', 'Invoice  Sent', 'Product Viewed', 'Viewing Product', 'Signed Up', 'API Key Rotated'],
  ]
  let seed = 20260301
  const pick = <T>(values: readonly T[]): T | undefined => {
    seed = (seed * 48271) % 2147483647
    return values[seed % values.length]
  }
  return Array.from({ length: count }, (_, index): JsonObject => {
    const person = pick(Array.from({ length: 30 }, (_unused, number) => number)) ?? 0
    const device = pick(['phone', 'laptop'])
    const ids = pick([
      { userId: `u${person}` },
      { anonymousId: `${device}-${person}` },
      { userId: `u${person}`, anonymousId: `${device}-${person}` },
      { userId: `u${person}`, anonymousId: 'kiosk' },
    ])
    const messageId = `m${index - (pick([0, 0, 0, 0, 0, 0, 1]) ?? 0)}`
    const context = pick([{}, {}, { groupId: `acct_${person % 5}` }])
    const kind = pick(['track', 'track', 'track', 'track', 'identify', 'group', 'page', 'alias'])
    switch (kind) {
      case 'identify':
        return { type: kind, messageId, ...ids, traits: { name: person === 7 ? 'Jane' : `Nr ${person}` } }
      case 'group':
        return { type: kind, messageId, ...ids, groupId: `acct_${person % 5}`, traits: { size: index } }
      case 'alias':
        return { type: kind, messageId, userId: `u${person}`, previousId: `${device}-${person}` }
      case 'page':
        return { type: kind, messageId, ...ids, name: 'Pricing' }
      default: {
        const value = pick<unknown>([index, String(index), null, { deep: [index] }])
        const properties = pick([{ total: value }, { revenue: value, currency: 'EUR' }, {}])
        return { type: 'track', messageId, ...ids, event: pick(events), properties, context }
      }
    }
  })
}

async function sendAll(calls: readonly JsonObject[]): Promise<void> {
  for (let start = 0; start < calls.length; start += 70) {
    const source = start % 140 === 0 ? 'web' : 'server'
    const answer = await engine.post('/v1/batch', { writeKey: source, batch: calls.slice(start, start + 70) })
    expect(answer.text).toBe(success)
  }
}

it('what is derived is the same when it is thrown away and made anew, and after a restart', async () => {
  await sendAll(manyCalls(1500))
  await engine.post('/v1/batch', '{')
  const first = await derived()
  expect(first.people.length).toBeGreaterThan(20)
  expect(first.accounts).toHaveLength(5)
  expect(first.groups.length).toBeGreaterThan(10)
  expect(first.found.length).toBeGreaterThan(0)

  const { upTo } = await engine.api<{ upTo: number }>('/rebuild', 'POST', {})
  expect(upTo).toBe(first.counts.analysedUpTo)
  expect(await derived()).toEqual(first)

  await engine.restart()
  expect(await derived()).toEqual(first)
})

it('what is derived is that of the events that are left after a deletion', async () => {
  await engine.call('track', { event: 'Pricing Viewed', anonymousId: 'a1', messageId: 'm1' })
  const identify = await engine.call('identify', { userId: 'u1', anonymousId: 'a1' })
  await engine.call('group', { userId: 'u1', groupId: 'acme', traits: { name: 'Acme' } })
  const twice = { anonymousId: 'a2', messageId: 'm2', properties: { total: 1 } }
  const first = await engine.call('track', { event: 'Invoice Sent', ...twice })
  const second = await engine.call('track', { event: 'Invoice Sent', ...twice })
  await engine.call('track', {
    event: 'order_completed',
    userId: 'u3',
    properties: { revenue: 1, currency: 'EUR' },
  })

  const remove = (query: string) =>
    engine.api<{ deleted: number }>(`/events?${new URLSearchParams({ query }).toString()}`, 'DELETE')

  // Without the call that told who it was, nobody knows.
  expect(await remove(`id:${identify.id}`)).toEqual({ deleted: 1 })
  await engine.analysed()
  expect(await engine.user('anonymous:a1')).toMatchObject({ id: 'anonymous:a1', events: 1 })
  expect(await engine.user('u1')).toMatchObject({ events: 1 })
  await expect(engine.event(identify.id)).rejects.toThrow('NOT_FOUND')

  // Without its first delivery, the second is no duplicate.
  expect(second.problems.map(({ rule }) => rule)).toEqual(['delivery/duplicate'])
  await remove(`id:${first.id}`)
  expect((await engine.event(second.id)).problems).toEqual([])
  expect(await engine.name('Invoice Sent')).toMatchObject({ events: 1, problems: 0, examples: [second.id] })

  expect(await remove('event:order_completed OR type:group')).toEqual({ deleted: 2 })
  const status = await engine.analysed()
  expect(status).toMatchObject({ events: 2, users: 2, accounts: 0, names: 2 })
  await expect(engine.user('u3')).rejects.toThrow('NOT_FOUND')
  await expect(engine.account('acme')).rejects.toThrow('NOT_FOUND')
  await expect(engine.name('order_completed')).rejects.toThrow('NOT_FOUND')
  const { problems } = await engine.api<{ problems: ProblemGroup[] }>('/problems')
  expect(problems.map(({ rule, events }) => [rule, events])).toEqual([['metadata/none', 1]])

  expect(await remove('')).toEqual({ deleted: 2 })
  expect(await engine.analysed()).toMatchObject({ events: 0, rejected: 0, users: 0, names: 0, problems: 0 })
  expect(await engine.events()).toEqual([])

  // The numbers of events go on: a number never names two events.
  const next = await engine.call('track', { event: 'Invoice Sent', ...twice })
  expect(next.id).toBeGreaterThan(second.id)
  expect(next.problems).toEqual([])
})

it('every call is counted once, though all is made anew while more arrive', async () => {
  await sendAll(manyCalls(700))
  const before = await derived()
  await Promise.all([
    engine.api('/rebuild', 'POST', {}),
    sendAll(manyCalls(140).map((sent, index) => ({ ...sent, messageId: `late-${index}` }))),
    engine.api('/rebuild', 'POST', {}),
  ])
  const { events } = await engine.api<Status>('/status')
  expect(events).toBe(840)
  const after = await derived()
  expect(after.events.slice(0, 700).map(({ id, event }) => [id, event])).toEqual(
    before.events.map(({ id, event }) => [id, event]),
  )
  const counted = after.people.reduce((sum, { events: own }) => sum + own, 0)
  expect(counted).toBe(after.events.filter(({ person }) => person !== null).length)
  await engine.api('/rebuild', 'POST', {})
  expect(await derived()).toEqual(after)
})
