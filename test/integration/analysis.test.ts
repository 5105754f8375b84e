import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CatalogName } from '../../shared/contract/catalog.ts'
import type { Account, EventPage, User } from '../../shared/contract/schemas.ts'
import type { ProblemGroup } from '../../shared/contract/problems.ts'
import type { EventDetail, JsonObject, Problem } from '../../shared/event.ts'
import { RunningEngine } from './running-engine.ts'

// What is made of calls once they are in the log: people, accounts, the catalog, problems.

let engine: RunningEngine

const track = (event: string, fields: JsonObject, source?: string) =>
  engine.call('track', { event, ...fields }, source)

const users = async () => (await engine.api<{ users: User[] }>('/users?limit=500')).users

describe('people', () => {
  beforeAll(async () => {
    engine = await RunningEngine.start()
  })
  afterAll(() => engine.close())

  it('own what they did before anybody knew them', async () => {
    const first = await track('Pricing Viewed', { anonymousId: 'a1' })
    await track('Plan Compared', { anonymousId: 'a1' })
    expect(first.person).toEqual({ id: 'anonymous:a1', label: 'anonymous a1' })
    expect(await engine.user('anonymous:a1')).toMatchObject({ id: 'anonymous:a1', events: 2 })

    const identify = await engine.call('identify', {
      userId: 'u1',
      anonymousId: 'a1',
      traits: { name: 'Ann' },
    })
    await track('Order Completed', { userId: 'u1', properties: { revenue: 1, currency: 'EUR' } })

    const ann = await engine.user('u1')
    expect(ann).toMatchObject({ id: 'u1', label: 'Ann', events: 4, firstSeenAt: first.receivedAt })
    expect(ann.identities).toEqual([
      { kind: 'user', value: 'u1', firstEventId: identify.id, how: 'identify' },
      { kind: 'anonymous', value: 'a1', firstEventId: identify.id, how: 'identify' },
    ])
    expect(await engine.user('a1')).toEqual(ann)
    expect(await engine.user('anonymous:a1')).toEqual(ann)
    expect((await engine.event(first.id)).person).toEqual({ id: 'u1', label: 'Ann' })
    const timeline = await engine.api<EventPage>('/users/u1/timeline?order=asc')
    expect(timeline.events.map(({ event, type }) => event ?? type)).toEqual([
      'Pricing Viewed',
      'Plan Compared',
      'identify',
      'Order Completed',
    ])
    for (const query of ['user:u1', 'user:a1', 'user:Ann']) expect(await engine.events(query)).toHaveLength(4)
  })

  it('are one with the anonymous visitor that an alias names', async () => {
    await track('Pricing Viewed', { anonymousId: 'a2' })
    const alias = await engine.call('alias', { userId: 'u2', previousId: 'a2' })
    expect(alias).toMatchObject({ previousId: 'a2', person: { id: 'u2' } })
    const known = await engine.user('u2')
    expect(known).toMatchObject({ events: 2 })
    expect(known.identities).toContainEqual({
      kind: 'anonymous',
      value: 'a2',
      firstEventId: alias.id,
      how: 'alias',
    })
  })

  it('are one with the user that an alias names, and keep what each was called', async () => {
    await engine.call('identify', { userId: 'old-3', traits: { plan: 'free', city: 'Gent' } })
    await engine.call('identify', { userId: 'u3', traits: { plan: 'pro' } })
    await engine.call('alias', { userId: 'u3', previousId: 'old-3' })
    const one = await engine.user('old-3')
    expect(one).toMatchObject({ id: 'u3', events: 3, traits: { plan: 'pro', city: 'Gent' } })
    await track('Order Completed', { userId: 'old-3', properties: { revenue: 1, currency: 'EUR' } })
    expect(await engine.user('u3')).toMatchObject({ events: 4 })
  })

  it('are one with an id that an alias names before it is ever seen', async () => {
    await engine.call('alias', { userId: 'u4', previousId: 'a4' })
    expect((await track('Pricing Viewed', { anonymousId: 'a4' })).person?.id).toBe('u4')
  })

  it('have as many anonymous ids as they have devices', async () => {
    await track('Pricing Viewed', { anonymousId: 'laptop-5' })
    await track('Pricing Viewed', { anonymousId: 'phone-5' })
    await engine.call('identify', { userId: 'u5', anonymousId: 'laptop-5' })
    // Also a call that only happens to name both ties them.
    await track('Order Completed', { userId: 'u5', anonymousId: 'phone-5', properties: { items: 2 } })
    const known = await engine.user('u5')
    expect(known.events).toBe(4)
    expect(known.identities.map(({ kind, value, how }) => [kind, value, how])).toEqual([
      ['user', 'u5', 'identify'],
      ['anonymous', 'laptop-5', 'identify'],
      ['anonymous', 'phone-5', 'call'],
    ])
  })

  it('share a device without becoming one person', async () => {
    const early = await track('Pricing Viewed', { anonymousId: 'kiosk' })
    await engine.call('identify', { userId: 'u6', anonymousId: 'kiosk' })
    await engine.call('identify', { userId: 'u7', anonymousId: 'kiosk' })
    const late = await track('Pricing Viewed', { anonymousId: 'kiosk' })
    expect((await engine.event(early.id)).person?.id).toBe('u6')
    expect(late.person?.id).toBe('u7')
    expect(await engine.user('u6')).toMatchObject({ events: 2 })
    expect(await engine.user('u7')).toMatchObject({ events: 2 })
    expect((await engine.user('u6')).identities.map(({ value }) => value)).toEqual(['u6'])
  })

  it('are not made of placeholders', async () => {
    const before = (await users()).length
    const nobody = await track('Order Completed', { userId: 'undefined', anonymousId: 'null' })
    expect(nobody.person).toBeNull()
    const half = await track('Order Completed', { userId: 'null', anonymousId: 'a8' })
    expect(half.person?.id).toBe('anonymous:a8')
    expect(await users()).toHaveLength(before + 1)
  })

  it('are called by the best that is known of them', async () => {
    const label = async (fields: JsonObject) =>
      (await engine.call('identify', { userId: 'u9', ...fields })).person
    expect(await label({})).toEqual({ id: 'u9', label: 'u9' })
    expect(await label({ traits: { email: 'zoe@example.com' } })).toMatchObject({ label: 'zoe@example.com' })
    expect(await label({ traits: { firstName: 'Zoë', lastName: 'Müller' } })).toMatchObject({
      label: 'Zoë Müller',
    })
    expect(await label({ traits: { name: 'Dr. Müller' } })).toMatchObject({ label: 'Dr. Müller' })
    expect(await engine.user('u9')).toMatchObject({
      email: 'zoe@example.com',
      traits: { email: 'zoe@example.com', firstName: 'Zoë', lastName: 'Müller', name: 'Dr. Müller' },
    })
  })
})

describe('accounts', () => {
  beforeAll(async () => {
    engine = await RunningEngine.start()
  })
  afterAll(() => engine.close())

  it('have their traits from group calls, and members from every call that names them', async () => {
    await track('Invoice Sent', { userId: 'u1', context: { groupId: 'acme' }, properties: { total: 1 } })
    expect(await engine.account('acme')).toMatchObject({
      name: null,
      described: false,
      events: 1,
      members: 1,
      memberList: [{ id: 'u1', via: 'context', events: 1 }],
    })

    const traits = { name: 'Acme, Inc', employees: 420 }
    await engine.call('group', { userId: 'u1', groupId: 'acme', traits })
    await engine.call('group', { userId: 'u2', groupId: 'acme', traits: { plan: 'enterprise' } })
    await track('Invoice Sent', { userId: 'u1', context: { groupId: 'acme' }, properties: { total: 2 } })
    const sent = await track('Order Completed', { userId: 'u2', context: { groupId: 'acme' } })
    await track('Tour Finished', { userId: 'u2' })

    expect(sent).toMatchObject({ accountId: 'acme', accountName: 'Acme, Inc' })
    const acme = await engine.account('acme')
    expect(acme).toMatchObject({
      name: 'Acme, Inc',
      described: true,
      traits: { ...traits, plan: 'enterprise' },
      events: 5,
      members: 2,
      withoutAccount: 1,
      names: [
        { name: 'Invoice Sent', events: 2 },
        { name: 'Order Completed', events: 1 },
      ],
    })
    expect(acme.memberList.map(({ id, via, events }) => [id, via, events]).sort()).toEqual([
      ['u1', 'group', 3],
      ['u2', 'group', 2],
    ])
    expect((await engine.user('u1')).accounts).toEqual([{ id: 'acme', name: 'Acme, Inc' }])
    const timeline = await engine.api<EventPage>('/accounts/acme/timeline')
    expect(timeline.events).toHaveLength(5)
    expect(await engine.events('account:acme')).toHaveLength(5)
    expect(await engine.events('account:"acme, inc"')).toHaveLength(5)
  })

  it('may be several for one user', async () => {
    await engine.call('group', { userId: 'u3', groupId: 'beta', traits: { name: 'Beta' } })
    await engine.call('group', { userId: 'u3', groupId: 'gamma' })
    const ids = (await engine.user('u3')).accounts.map(({ id }) => id)
    expect(ids.sort()).toEqual(['beta', 'gamma'])
  })

  it('keep their member when it turns out who that was', async () => {
    await track('Invoice Sent', {
      anonymousId: 'a4',
      context: { groupId: 'delta' },
      properties: { total: 1 },
    })
    await engine.call('group', { anonymousId: 'a4', groupId: 'delta' })
    await track('Invoice Sent', { userId: 'u4', context: { groupId: 'delta' }, properties: { total: 1 } })
    expect(await engine.account('delta')).toMatchObject({ members: 2 })
    await engine.call('identify', { userId: 'u4', anonymousId: 'a4' })
    expect((await engine.account('delta')).memberList).toMatchObject([{ id: 'u4', via: 'group', events: 3 }])
  })

  it('are not made of placeholders', async () => {
    const event = await track('Invoice Sent', { userId: 'u1', context: { groupId: 'undefined' } })
    expect(event.problems.map(({ rule, path }) => [rule, path])).toContainEqual([
      'identity/placeholder',
      'context.groupId',
    ])
    const { accounts } = await engine.api<{ accounts: Account[] }>('/accounts')
    expect(accounts.map(({ id }) => id)).not.toContain('undefined')
  })
})

describe('the catalog', () => {
  beforeAll(async () => {
    engine = await RunningEngine.start()
  })
  afterAll(() => engine.close())

  it('counts names, and the types of everything in their metadata', async () => {
    const sent = (properties: unknown, source: string) =>
      track('Invoice Sent', { userId: 'u1', properties }, source)
    const first = await sent(
      { total: 1.5, paid: true, lines: [{ sku: 'a' }, { sku: 'b', pieces: 2 }] },
      'web',
    )
    await sent({ total: 2, paid: null, to: { city: 'Gent' } }, 'server')
    const last = await sent({ total: 'three' }, 'server')
    await engine.call('page', { userId: 'u1', name: 'Pricing' })
    await track('Order Completed', { userId: 'u1', properties: { revenue: 1, currency: 'EUR' } })

    const { names } = await engine.api<{ names: CatalogName[] }>('/catalog')
    expect(names.map(({ name: known, events }) => [known, events])).toEqual([
      ['Invoice Sent', 3],
      ['Order Completed', 1],
    ])
    const invoice = await engine.name('Invoice Sent')
    expect(invoice).toMatchObject({
      events: 3,
      firstSeenAt: first.receivedAt,
      lastSeenAt: last.receivedAt,
      sources: ['server', 'web'],
      nameProblems: [],
      suggestion: null,
      examples: [last.id, last.id - 1, first.id],
    })
    const found = Object.fromEntries(
      invoice.properties.map(({ path, events, types }) => [
        path,
        [events, Object.fromEntries(types.map(({ type, events: count }) => [type, count]))],
      ]),
    )
    expect(found).toEqual({
      total: [3, { number: 2, string: 1 }],
      paid: [2, { boolean: 1, null: 1 }],
      lines: [1, { array: 1 }],
      'lines[]': [1, { object: 1 }],
      'lines[].sku': [1, { string: 1 }],
      'lines[].pieces': [1, { number: 1 }],
      to: [1, { object: 1 }],
      'to.city': [1, { string: 1 }],
    })
    expect(invoice.properties.find(({ path }) => path === 'to.city')?.example).toBe('"Gent"')
  })

  it('knows the name that a name should have had', async () => {
    await track('order_completed', { userId: 'u1', properties: { revenue: 1, currency: 'EUR' } })
    expect(await engine.name('order_completed')).toMatchObject({
      events: 1,
      problems: 1,
      worst: 'warning',
      suggestion: 'Order Completed',
    })
  })
})

describe('problems', () => {
  beforeAll(async () => {
    engine = await RunningEngine.start()
    for (const userId of ['u1', 'b2b', 'nobody-of-an-account', 'spec'])
      await engine.call('identify', { userId, traits: { plan: 'pro' } })
  })
  afterAll(() => engine.close())

  const order = { revenue: 25, currency: 'USD' }
  const found = (event: EventDetail) =>
    event.problems.map(({ rule, severity, path, suggestion }) => [rule, severity, path, suggestion])

  it.each<[event: string, fields: JsonObject, problem: [string, string, string, string | null]]>([
    ['order_completed', { properties: order }, ['naming/casing', 'warning', 'event', 'Order Completed']],
    ['Send Invoice', { properties: order }, ['naming/object-action', 'warning', 'event', 'Invoice Sent']],
    ['Event 12', { properties: order }, ['naming/nondescript', 'error', 'event', null]],
    ['Invoice Sent', {}, ['metadata/none', 'info', 'properties', null]],
    [
      'Invoice Sent',
      { properties: { total_amount: '123.45' } },
      ['metadata/stringified', 'warning', 'properties.total_amount', '123.45'],
    ],
    [
      'Order Completed',
      { properties: { order_id: '50314', revenue: '25', currency: 'USD' } },
      ['metadata/reserved', 'error', 'properties.revenue', '25'],
    ],
    [
      'Order Completed',
      { properties: { order_id: '50314', revenue: 25, currency: 'dollars' } },
      ['metadata/reserved', 'error', 'properties.currency', 'USD'],
    ],
    ['Invoice Sent', { properties: [order] }, ['metadata/not-object', 'error', 'properties', null]],
    [
      'Invoice Sent',
      { userId: 'undefined', properties: order },
      ['identity/placeholder', 'error', 'userId', null],
    ],
    ['Invoice Sent', { userId: '', properties: order }, ['identity/missing', 'error', 'userId', null]],
  ])('of %s %j are found on the call itself', async (event, fields, problem) => {
    const judged = await track(event, { userId: 'u1', ...fields })
    expect(found(judged)).toEqual([problem])
    for (const { message, reason } of judged.problems) {
      expect(message).not.toBe('')
      expect(reason).not.toBe('')
    }
    expect((await engine.events(`id:${judged.id} has:problem problem:${problem[0]}`)).length).toBe(1)
  })

  it('are not found in what the Track Spec recommends', async () => {
    await engine.call('group', { userId: 'spec', groupId: 'acct_7', traits: { name: 'Tesla, Inc' } }, 'spec')
    const fields = { userId: 'spec', context: { groupId: 'acct_7' } }
    for (const properties of [{ 'total amount': 123.45 }, { total_amount: 123.45, currency: 'usd' }]) {
      expect((await track('Invoice Sent', { ...fields, properties }, 'spec')).problems).toEqual([])
    }
  })

  it('tell which account a call has left out, where the source speaks of accounts at all', async () => {
    let invoices = 0
    const sent = (fields: JsonObject, source: string) => {
      invoices += 1
      return track('Invoice Sent', { properties: { ...order, position: invoices }, ...fields }, source)
    }
    expect((await sent({ userId: 'b2b' }, 'app')).problems).toEqual([])
    await engine.call('group', { userId: 'b2b', groupId: 'acct_9', traits: { name: 'Nine' } }, 'app')
    expect(found(await sent({ userId: 'b2b' }, 'app'))).toEqual([
      ['account/missing', 'warning', 'context.groupId', 'acct_9'],
    ])
    expect((await sent({ userId: 'b2b', context: { groupId: 'acct_9' } }, 'app')).problems).toEqual([])
    expect((await sent({ userId: 'nobody-of-an-account' }, 'app')).problems).toEqual([])
    expect((await sent({ userId: 'b2b' }, 'a source without accounts')).problems).toEqual([])
  })

  it('tell which call was delivered before under the same messageId', async () => {
    const fields = { userId: 'u1', messageId: 'm-1', properties: order }
    const first = await track('Invoice Sent', fields)
    const second = await track('Invoice Sent', fields)
    const third = await track('Invoice Sent', fields, 'another source')
    expect(first.problems).toEqual([])
    for (const event of [second, third]) {
      expect(found(event)).toEqual([['delivery/duplicate', 'warning', 'messageId', null]])
      expect(event.problems[0]?.message).toContain(`Event ${first.id}, received ${first.receivedAt}`)
    }
  })

  it('tell which name in use a name almost is', async () => {
    for (const months of [1, 2, 3])
      await track('Subscription Renewed', { userId: 'u1', properties: { ...order, months } })
    const slip = await track('Subscriptions Renewed', { userId: 'u1', properties: order })
    expect(found(slip)).toEqual([['naming/near-duplicate', 'warning', 'event', 'Subscription Renewed']])
  })

  it('are gathered by rule and name', async () => {
    const sent: EventDetail[] = []
    for (const [position, source] of ['ios', 'android', 'ios'].entries())
      sent.push(await track('Cancel Trip', { userId: 'u1', properties: { ...order, position } }, source))
    const { problems } = await engine.api<{ problems: ProblemGroup[] }>('/problems?limit=500')
    const group = problems.find(({ name: event }) => event === 'Cancel Trip')
    expect(group).toMatchObject({
      rule: 'naming/object-action',
      severity: 'warning',
      type: 'track',
      events: 3,
      firstEventId: sent[0]?.id,
      firstSeenAt: sent[0]?.receivedAt,
      lastEventId: sent[2]?.id,
      lastSeenAt: sent[2]?.receivedAt,
      sources: ['ios', 'android'],
      example: { suggestion: 'Trip Cancelled' } satisfies Partial<Problem>,
    })
    const narrowed = await engine.api<{ problems: ProblemGroup[] }>(
      `/problems?query=${encodeURIComponent('source:android event:"Cancel Trip"')}`,
    )
    expect(narrowed.problems).toMatchObject([{ name: 'Cancel Trip', events: 1 }])
    const ranks = problems.map(({ severity }) => ['info', 'warning', 'error'].indexOf(severity))
    expect(ranks).toEqual([...ranks].sort((one, other) => other - one))
  })

  it('are found in no call that was refused', async () => {
    await engine.post('/v1/track', '{')
    expect(await engine.latest()).toMatchObject({ accepted: false, analysed: true, problems: [] })
  })
})
