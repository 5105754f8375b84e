import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CatalogDetail, CatalogName } from '../../shared/contract/catalog.ts'
import type { AccountDetail, EventPage, Status, UserDetail } from '../../shared/contract/schemas.ts'
import type { ProblemGroup } from '../../shared/contract/problems.ts'
import type { Problem } from '../../shared/event.ts'
import { serveEngine } from './served-engine.ts'
import type { ServedEngine } from './served-engine.ts'
import { story } from './story.ts'

// What analysis has made of the log, as scripts ask for it.

let engine: ServedEngine

beforeAll(async () => {
  engine = await serveEngine()
  await engine.capture(story.slice(0, 8))
  await engine.capture(story.slice(8), 'server')
})

afterAll(() => engine.stop())

describe('users', () => {
  it('are found by any id, name or trait', async () => {
    const find = async (search: string): Promise<string[]> => {
      const { users } = await engine.get<{ users: { id: string }[] }>(
        `/users?search=${encodeURIComponent(search)}`,
      )
      return users.map(({ id }) => id)
    }
    expect((await find('')).sort()).toEqual(['anonymous:browser-2', 'jane', 'ole'])
    for (const search of ['jane', 'ROE', 'acme.example', 'browser-1', 'pro', 'jane-before'])
      expect(await find(search)).toEqual(['jane'])
    expect(await find('browser-2')).toEqual(['anonymous:browser-2'])
    expect(await find('100%')).toEqual([])
  })

  it('are one person under all of their ids, with traits and accounts', async () => {
    const jane = await engine.get<UserDetail>('/users/jane')
    expect(jane).toMatchObject({
      id: 'jane',
      label: 'Jane Roe',
      email: 'jane@acme.example',
      events: 7,
      accounts: [{ id: 'acme', name: 'Acme Inc' }],
      traits: { plan: 'pro' },
    })
    expect(jane.identities).toEqual([
      { kind: 'user', value: 'jane', firstEventId: 2, how: 'identify' },
      { kind: 'anonymous', value: 'browser-1', firstEventId: 2, how: 'identify' },
      { kind: 'anonymous', value: 'jane-before', firstEventId: 8, how: 'alias' },
    ])
    expect(await engine.get('/users/browser-1')).toEqual(jane)
    expect(await engine.get('/users/anonymous:browser-1')).toEqual(jane)
    expect(await engine.refusal('GET', '/users/nobody')).toMatchObject({ status: 404, code: 'NOT_FOUND' })
  })

  it('have a timeline that begins before they were known, and takes a query', async () => {
    const timeline = await engine.get<EventPage>('/users/jane/timeline?order=asc')
    expect(timeline.events.map(({ id }) => id)).toEqual([1, 2, 3, 4, 6, 8, 11])
    const tracks = await engine.get<EventPage>('/users/jane/timeline?query=type:track%20since:1h&total=true')
    expect(tracks.events.map(({ id }) => id)).toEqual([11, 6, 4])
    expect(tracks.total).toBe(3)
    const either = await engine.get<EventPage>('/users/ole/timeline?query=id:1%20OR%20type:track')
    expect(either.events.map(({ id }) => id)).toEqual([5])
  })
})

describe('accounts', () => {
  it('are found by id, name or trait', async () => {
    for (const search of ['acm', 'INC', '120']) {
      const { accounts } = await engine.get<{ accounts: { id: string }[] }>(`/accounts?search=${search}`)
      expect(accounts.map(({ id }) => id)).toEqual(['acme'])
    }
  })

  it('show who belongs to them, what they do, and what forgets them', async () => {
    const acme = await engine.get<AccountDetail>('/accounts/acme')
    expect(acme).toMatchObject({
      id: 'acme',
      name: 'Acme Inc',
      events: 2,
      members: 1,
      described: true,
      traits: { employees: 120 },
      memberList: [{ id: 'jane', label: 'Jane Roe', via: 'group', events: 2 }],
      names: [{ name: 'Invoice Sent', events: 1 }],
      withoutAccount: 2,
    })
    expect(await engine.get<AccountDetail>('/accounts/globex')).toMatchObject({
      name: null,
      described: false,
      memberList: [{ id: 'ole', via: 'context' }],
    })
    expect(await engine.refusal('GET', '/accounts/nowhere')).toMatchObject({ status: 404, code: 'NOT_FOUND' })
    const timeline = await engine.get<EventPage>('/accounts/acme/timeline?order=asc')
    expect(timeline.events.map(({ id }) => id)).toEqual([3, 4])
  })
})

describe('the catalog', () => {
  it('lists names by how often they came, with the name each should have had', async () => {
    const { names } = await engine.get<{ names: CatalogName[] }>('/catalog')
    expect(names.map(({ name, events, suggestion }) => [name, events, suggestion])).toEqual([
      ['Invoice Sent', 2, null],
      // As often as each other: from A to Z, whatever the case.
      ['invoice_sent', 1, 'Invoice Sent'],
      ['Order/Placed 50%', 1, expect.any(String)],
      ['Report Exported', 1, null],
    ])
    const found = await engine.get<{ names: CatalogName[] }>('/catalog?search=VOICE')
    expect(found.names.map(({ name }) => name)).toEqual(['Invoice Sent', 'invoice_sent'])
    expect(found.names[0]?.sources).toEqual(['web'])
  })

  it('shows of a name its properties, their types, examples and problems', async () => {
    const invoice = await engine.get<CatalogDetail>('/catalog/Invoice%20Sent')
    expect(invoice).toMatchObject({ name: 'Invoice Sent', events: 2, examples: [5, 4], nameProblems: [] })
    expect(invoice.properties).toContainEqual({
      path: 'total_amount',
      events: 2,
      types: [
        {
          type: 'number',
          events: 2,
          first: { eventId: 4, receivedAt: expect.any(String) },
          last: { eventId: 5, receivedAt: expect.any(String) },
          example: '120.5',
        },
      ],
      example: '120.5',
      values: [
        { value: 120.5, events: 1 },
        { value: 80, events: 1 },
      ],
      isPersonal: false,
    })
    const odd = await engine.get<CatalogDetail>(`/catalog/${encodeURIComponent('Order/Placed 50%')}`)
    expect(odd.nameProblems.map(({ rule }) => rule)).toContain('naming/dynamic')
    expect(await engine.refusal('GET', '/catalog/Nothing%20Done')).toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('problems', () => {
  it('are grouped by rule and name, the worst first, and narrowed by a query', async () => {
    const { problems } = await engine.get<{ problems: ProblemGroup[] }>('/problems')
    const rank = { error: 3, warning: 2, info: 1 }
    const ranks = problems.map(({ severity }) => rank[severity])
    expect(ranks).toEqual(ranks.toSorted((left, right) => right - left))
    expect(problems).toContainEqual(
      expect.objectContaining({
        rule: 'naming/casing',
        name: 'invoice_sent',
        type: 'track',
        events: 1,
        firstEventId: 6,
        sources: ['web'],
        example: expect.objectContaining({ suggestion: 'Invoice Sent' }),
      }),
    )
    const ofOne = await engine.get<{ problems: ProblemGroup[] }>('/problems?query=event:invoice_sent')
    expect(ofOne.problems).toEqual(problems.filter(({ name }) => name === 'invoice_sent'))
  })

  it('of a name alone are told without sending anything', async () => {
    const { problems } = await engine.api<{ problems: Problem[] }>('POST', '/lint/name', {
      name: 'signed_up',
    })
    expect(problems).toContainEqual(
      expect.objectContaining({ rule: 'naming/casing', suggestion: expect.any(String) }),
    )
    expect(await engine.api('POST', '/lint/name', { name: 'Invoice Sent' })).toEqual({ problems: [] })
    expect(await engine.get<Status>('/status')).toMatchObject({ events: 11 })
  })

  it('say what is wrong with a request that is no JSON', async () => {
    const answer = await engine.fetch('/api/v1/lint/name', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"name":',
    })
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({
      code: 'INPUT_INVALID',
      message: expect.stringMatching(/JSON/),
    })
  })
})

it('derives everything anew on request, to the same end', async () => {
  const look = async () => ({
    events: await engine.events(),
    users: await engine.walk('/users', 'users', 500),
    jane: await engine.get('/users/jane'),
    accounts: await engine.walk('/accounts', 'accounts', 500),
    names: await engine.walk('/catalog', 'names', 500),
    problems: await engine.walk('/problems', 'problems', 500),
    found: await engine.events('roe'),
  })
  const before = await look()
  expect(await engine.api('POST', '/rebuild')).toEqual({ upTo: 11 })
  await engine.analysed()
  expect(await look()).toEqual(before)
})
