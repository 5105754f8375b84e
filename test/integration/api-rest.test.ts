import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { traverseContractProcedures } from '@orpc/server'
import { contract } from '../../shared/contract/contract.ts'
import type { EventPage, Histogram, Status } from '../../shared/contract/schemas.ts'
import type { EventDetail } from '../../shared/event.ts'
import { clientOf, serveEngine } from './served-engine.ts'
import type { ServedEngine } from './served-engine.ts'
import { story } from './story.ts'

let engine: ServedEngine

beforeAll(async () => {
  engine = await serveEngine()
  await engine.capture(story.slice(0, 8))
  await engine.capture(story.slice(8), 'server')
})

afterAll(() => engine.stop())

describe('the status', () => {
  it('counts what the log holds and what analysis made of it', async () => {
    const status = await engine.get<Status>('/status')
    expect(status).toMatchObject({
      host: 'browser',
      capture: { url: engine.address.capture },
      app: { url: engine.address.app },
      data: engine.data,
      events: 11,
      rejected: 1,
      users: 3,
      accounts: 2,
      names: 4,
      lastEventId: 11,
      analysedUpTo: 11,
      trouble: null,
    })
    expect(status.bytes).toBeGreaterThan(10_000)
    expect(Date.parse(status.startedAt)).toBeLessThanOrEqual(Date.now())
    expect(status.sources).toEqual([
      { source: 'web', events: 8, library: 'analytics.js' },
      { source: 'server', events: 2, library: null },
    ])
  })

  it('knows of a call the moment its sender has heard 200', async () => {
    const other = await serveEngine()
    try {
      for (let sent = 1; sent <= 200; sent += 1) {
        const captured = await fetch(`${other.address.capture}/v1/track`, {
          method: 'POST',
          body: '{"event":"Page Read","userId":"1","writeKey":"web"}',
        })
        expect(captured.status).toBe(200)
        expect(await other.get<Status>('/status')).toMatchObject({ events: sent, lastEventId: sent })
      }
    } finally {
      await other.stop()
    }
  })
})

describe('events', () => {
  it('come latest first, or in the order of the log, and are counted when asked', async () => {
    const latest = await engine.get<EventPage>('/events?limit=3&total=true')
    expect(latest.events.map(({ id }) => id)).toEqual([11, 10, 9])
    expect(latest).toMatchObject({ total: 11, upTo: 11 })
    const first = await engine.get<EventPage>('/events?limit=3&order=asc')
    expect(first.events.map(({ id }) => id)).toEqual([1, 2, 3])
    expect(first).not.toHaveProperty('total')
  })

  it('are narrowed by a query, and counted by it', async () => {
    const page = await engine.get<EventPage>(
      `/events?total=true&limit=1&query=${encodeURIComponent('event:"Invoice Sent"')}`,
    )
    expect(page.events.map(({ id }) => id)).toEqual([5])
    expect(page.total).toBe(2)
  })

  it('show what the SDK sent in one shape, with who it was and what is wrong with it', async () => {
    const { events } = await engine.get<EventPage>('/events?query=id:4,6,10&order=asc')
    expect(events).toMatchObject([
      {
        id: 4,
        type: 'track',
        event: 'Invoice Sent',
        name: null,
        userId: 'jane',
        anonymousId: null,
        accountId: 'acme',
        messageId: 'm4',
        source: 'web',
        properties: story[3]?.['properties'],
        traits: null,
        context: story[3]?.['context'],
        library: { name: 'analytics.js', version: '2.1.0' },
        accepted: true,
        rejection: null,
        requestId: 1,
        batchIndex: 3,
        analysed: true,
        person: { id: 'jane', label: 'Jane Roe' },
        accountName: 'Acme Inc',
        problems: [],
      },
      { id: 6, event: 'invoice_sent' },
      { id: 10, type: null, accepted: false, rejection: { code: 'CALL_TYPE_UNKNOWN' }, userId: 'ole' },
    ])
    expect(events[1]?.problems).toContainEqual(
      expect.objectContaining({ rule: 'naming/casing', path: 'event', suggestion: 'Invoice Sent' }),
    )
    for (const event of events) {
      for (const time of [event.receivedAt, event.timestamp])
        expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    }
  })

  it('come in full one by one: payload as sent, request, neighbours', async () => {
    const event = await engine.get<EventDetail>('/events/4')
    expect(event.payload).toBe(JSON.stringify(story[3]))
    expect(event.request).toMatchObject({ id: 1, method: 'POST', path: '/v1/batch', encoding: null })
    expect(event.request.eventIds).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    expect(event.replays).toEqual([])
    expect(await engine.refusal('GET', '/events/4000')).toMatchObject({
      status: 404,
      code: 'NOT_FOUND',
      data: { what: 'event', id: 4000 },
    })
  })

  it('that do not fit the contract are refused with what does not fit', async () => {
    for (const [path, detail] of [
      ['/events?limit=0', /limit/],
      ['/events?limit=501', /limit/],
      ['/events?order=up', /order/],
      ['/events/first', /id/],
      ['/histogram?buckets=many', /buckets/],
      ['/histogram?from=yesterday', /from/],
    ] as const) {
      const refusal = await engine.refusal('GET', path)
      expect(refusal).toMatchObject({ status: 400, code: 'INPUT_INVALID' })
      expect(refusal.message).toMatch(detail)
    }
  })

  it('can be deleted by a query, and are gone from all that was derived from them', async () => {
    const other = await serveEngine()
    try {
      await other.capture(story)
      expect(await other.api('DELETE', '/events?query=user:jane')).toEqual({ deleted: 7 })
      expect(await other.analysed()).toMatchObject({ events: 4, users: 2, accounts: 1, lastEventId: 11 })
      expect((await other.events()).map(({ id }) => id)).toEqual([5, 7, 9, 10])
      expect(await other.refusal('GET', '/users/jane')).toMatchObject({ code: 'NOT_FOUND' })
      expect(await other.api('DELETE', '/events')).toEqual({ deleted: 4 })
      expect(await other.analysed()).toMatchObject({ events: 0, users: 0, names: 0, rejected: 0 })
      await other.capture([{ type: 'track', event: 'Invoice Sent', userId: 'jane' }])
      expect((await other.events()).map(({ id }) => id)).toEqual([12])
    } finally {
      await other.stop()
    }
  })

  it('are not deleted by a slip of the pen', async () => {
    expect(await engine.refusal('DELETE', '/events?qurey=user:jane')).toMatchObject({
      status: 400,
      code: 'INPUT_INVALID',
    })
    expect(await engine.refusal('DELETE', '/events?query=usr:jane')).toMatchObject({ code: 'QUERY_SYNTAX' })
    expect(await engine.get<Status>('/status')).toMatchObject({ events: 11 })
  })
})

describe('pages', () => {
  it.each([
    ['/events', 'events', 11],
    ['/events?order=asc', 'events', 11],
    ['/events?query=-type:track', 'events', 6],
    ['/events?query=user:jane&order=asc', 'events', 7],
    ['/users', 'users', 3],
    ['/users/jane/timeline', 'events', 7],
    ['/accounts', 'accounts', 2],
    ['/accounts/acme/timeline', 'events', 2],
    ['/catalog', 'names', 4],
    ['/problems', 'problems', null],
    ['/problems?query=type:track', 'problems', null],
  ] as const)('of %s walk the whole list, each row once', async (path, key, count) => {
    const whole = await engine.walk(path, key, 500)
    expect(whole.length).toBeGreaterThan(1)
    if (count !== null) expect(whole).toHaveLength(count)
    for (const limit of [1, 2, 3]) expect(await engine.walk(path, key, limit)).toEqual(whole)
  })

  it('stay as they were while new events arrive', async () => {
    const other = await serveEngine()
    try {
      await other.capture(story)
      const first = await other.get<EventPage>('/events?limit=4')
      await other.capture(story)
      const rest = await other.get<EventPage>(`/events?limit=500&cursor=${first.nextCursor ?? ''}`)
      expect([...first.events, ...rest.events].map(({ id }) => id)).toEqual(
        Array.from({ length: 11 }, (_, index) => 11 - index),
      )
    } finally {
      await other.stop()
    }
  })

  it.each(['/events', '/users', '/accounts', '/catalog', '/problems', '/users/jane/timeline'])(
    'of %s refuse a cursor that none of them gave out',
    async (path) => {
      expect(await engine.get(`${path}?cursor=`)).toEqual(await engine.get(path))
      const foreign = Buffer.from('["a",1,2,3]').toString('base64url')
      for (const cursor of ['nonsense', '%00', foreign]) {
        expect(await engine.refusal('GET', `${path}?cursor=${cursor}`)).toMatchObject({
          status: 400,
          code: 'CURSOR_INVALID',
        })
      }
    },
  )
})

describe('the histogram', () => {
  it('counts every event once, by type and by what is wrong', async () => {
    const histogram = await engine.get<Histogram>('/histogram?buckets=7')
    expect(histogram.buckets.length).toBeLessThanOrEqual(7)
    const sum = (of: (bucket: Histogram['buckets'][number]) => number): number =>
      histogram.buckets.reduce((total, bucket) => total + of(bucket), 0)
    expect(sum(({ events }) => events)).toBe(11)
    expect(sum(({ types }) => types['track'] ?? 0)).toBe(5)
    expect(sum(({ types }) => types['rejected'] ?? 0)).toBe(1)
    const problems = await engine.events()
    const worst = (severity: string) =>
      problems.filter(({ problems: found }) => found.some((problem) => problem.severity === severity))
    expect(sum(({ errors }) => errors)).toBe(worst('error').length + 1)
    expect(sum(({ warnings }) => warnings)).toBeGreaterThan(0)
    histogram.buckets.forEach(({ start }, index) => {
      expect(Date.parse(start)).toBe(Date.parse(histogram.from) + index * histogram.bucketMs)
    })
  })

  it('looks at a stretch of time and at a query, ends included', async () => {
    const [first] = await engine.events('id:1')
    const at = first?.receivedAt ?? ''
    const one = await engine.get<Histogram>(`/histogram?from=${at}&to=${at}&buckets=1&query=type:page`)
    expect(one.buckets.map(({ events, types }) => [events, types])).toEqual([[1, { page: 1 }]])
    const none = await engine.get<Histogram>(
      `/histogram?from=2020-01-01T00:00:00Z&to=2020-01-02T00:00:00%2B01:00`,
    )
    expect(none.buckets.every(({ events }) => events === 0)).toBe(true)
    expect(none.to).toBe('2020-01-01T23:00:00.000Z')
  })
})

it('describes all that it can do', async () => {
  const { openapi, paths } = await engine.get<{
    openapi: string
    paths: Record<string, Record<string, { operationId: string; responses: object; parameters?: object[] }>>
  }>('/openapi.json')
  expect(openapi).toMatch(/^3\.1/)
  const described = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  )
  const promised: string[] = []
  traverseContractProcedures({ router: contract, path: [] }, ({ contract: procedure }) => {
    const { method, path } = procedure['~orpc'].route
    promised.push(`${method} ${path}`)
  })
  expect(described.sort()).toEqual(promised.sort())
  expect(described).toEqual(
    expect.arrayContaining([
      'GET /status',
      'GET /events',
      'GET /events/{id}',
      'DELETE /events',
      'POST /wait',
      'GET /stream',
      'GET /histogram',
      'GET /users',
      'GET /users/{id}',
      'GET /users/{id}/timeline',
      'GET /accounts',
      'GET /accounts/{id}',
      'GET /accounts/{id}/timeline',
      'GET /catalog',
      'GET /catalog/{name}',
      'GET /problems',
      'POST /lint/name',
      'GET /destinations',
      'POST /destinations',
      'PATCH /destinations/{id}',
      'DELETE /destinations/{id}',
      'POST /replays',
      'GET /replays/{id}',
      'POST /replays/{id}/pause',
      'POST /replays/{id}/resume',
      'POST /replays/{id}/cancel',
      'GET /replays/{id}/outcomes',
      'GET /settings',
      'PATCH /settings',
      'POST /rebuild',
    ]),
  )
  const list = paths['/events']?.['get']?.parameters?.map((parameter) => Reflect.get(parameter, 'name'))
  expect(list).toEqual(expect.arrayContaining(['query', 'limit', 'cursor', 'order', 'total']))
})

it('lets only a name of the catalogue stand for an error', async () => {
  const wrong = clientOf({ ...engine.address, token: 'wrong' })
  const refusals = [
    await wrong.refusal('GET', '/status'),
    await engine.refusal('GET', '/nothing'),
    await engine.refusal('PUT', '/status'),
    await engine.refusal('GET', '/events?query=a:b'),
  ]
  expect(refusals.map(({ status, code }) => [status, code])).toEqual([
    [401, 'TOKEN_WRONG'],
    [404, 'API_UNKNOWN'],
    [404, 'API_UNKNOWN'],
    [400, 'QUERY_SYNTAX'],
  ])
})

describe('a change of a destination', () => {
  it('leaves alone what it does not name: a production destination stays one', async () => {
    const { id } = await engine.api<{ id: number }>('POST', '/destinations', {
      name: 'Production',
      url: 'https://api.segment.io/v1',
      production: true,
      auth: 'bearer',
      mode: 'single',
      eventsPerSecond: 7,
      concurrency: 2,
    })
    expect(await engine.api('PATCH', `/destinations/${id}`, { name: 'Segment' })).toMatchObject({
      name: 'Segment',
      production: true,
      auth: 'bearer',
      mode: 'single',
      eventsPerSecond: 7,
      concurrency: 2,
    })
  })
})

describe('a deletion', () => {
  it('finds what has arrived just before it, and again right after another deletion', async () => {
    const other = await serveEngine()
    try {
      const calls = (event: string) =>
        Array.from({ length: 300 }, (_, step) => ({ event, userId: '1', properties: { step } }))
      const send = (event: string) =>
        fetch(`${other.address.capture}/v1/batch`, {
          method: 'POST',
          body: JSON.stringify({
            writeKey: 'web',
            batch: calls(event).map((call) => ({ type: 'track', ...call })),
          }),
        })
      await send('Page Read')
      await send('Page Left')
      expect(await other.api('DELETE', '/events?query=event:"Page Read"')).toEqual({ deleted: 300 })
      expect(await other.api('DELETE', '/events?query=event:"Page Left"')).toEqual({ deleted: 300 })
    } finally {
      await other.stop()
    }
  })
})
