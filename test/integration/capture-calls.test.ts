import { request } from 'node:http'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../shared/event.ts'
import { expectSuccess, taken } from './answers.ts'
import { RunningEngine } from './running-engine.ts'
import type { Header, WireAnswer } from './running-engine.ts'

// How a call is read: whose it is, what it is packed in, what its batch adds, when it happened.

let engine: RunningEngine

beforeAll(async () => {
  engine = await RunningEngine.start()
})

afterAll(() => engine.close())

const basic = (credentials: string): Header => [
  'Authorization',
  `Basic ${Buffer.from(credentials).toString('base64')}`,
]

const captured = (call: JsonObject, headers: readonly Header[] = [], path = '/v1/track') =>
  taken(engine, path, call, headers)

describe('the write key', () => {
  const places: { place: string; key: string; headers?: Header[]; body?: JsonObject; query?: string }[] = [
    { place: 'the Basic user name', key: 'from-basic', headers: [basic('from-basic:ignored')] },
    { place: 'the body', key: 'from-body', body: { writeKey: 'from-body' } },
    { place: 'the first call of a batch', key: 'from-call' },
    { place: 'X-Write-Key', key: 'from-header', headers: [['X-Write-Key', 'from-header']] },
    { place: 'the query', key: 'from query', query: '?writeKey=from%20query' },
    { place: 'x-api-key', key: 'from-api-key', headers: [['x-api-key', 'from-api-key']] },
  ]

  it.each(places.map((place, index) => ({ ...place, index })))(
    'in $place counts before all that come behind it',
    async ({ index, key }) => {
      const rest = places.slice(index)
      const first = rest.some((place) => place.key === 'from-call') ? { writeKey: 'from-call' } : {}
      const body = Object.assign({}, ...rest.map((place) => place.body)) as JsonObject
      const query = rest.map((place) => place.query ?? '').join('')
      expectSuccess(
        await engine.post(
          `/v1/batch${query}`,
          { ...body, batch: [{ type: 'track', event: 'Key Found', userId: 'u', ...first }] },
          rest.flatMap((place) => place.headers ?? []),
        ),
      )
      expect((await engine.latest()).source).toBe(key)
    },
  )

  it.each(['utf8', 'latin1'] as const)('may have letters beyond ASCII, encoded as %s', async (encoding) => {
    const header: Header = ['Authorization', `Basic ${Buffer.from('Café:', encoding).toString('base64')}`]
    expect((await captured({ userId: 'u', event: 'Key Found' }, [header])).source).toBe('Café')
  })

  it('may stand in the header with or without a colon, and with any case of the scheme', async () => {
    const call = { userId: 'u', event: 'Key Found' }
    expect((await captured(call, [basic('web:')])).source).toBe('web')
    expect((await captured(call, [basic('web')])).source).toBe('web')
    const [name, value] = basic('web')
    expect((await captured(call, [[name, value.replace('Basic', 'basic')]])).source).toBe('web')
  })

  it('is looked for in the body when the header holds an OAuth token', async () => {
    const call = { userId: 'u', event: 'Key Found', writeKey: 'from-body' }
    const { source, request: seen } = await captured(call, [['Authorization', 'Bearer secret-token']])
    expect(source).toBe('from-body')
    expect(JSON.stringify(seen)).not.toContain('secret-token')
  })

  it('is no key when it is masked or empty', async () => {
    const header: Header = ['X-Write-Key', 'jitsu-id:jitsu-secret']
    const masked = { userId: 'u', event: 'Key Found', writeKey: 'jitsu-id:***' }
    expect((await captured(masked, [header])).source).toBe('jitsu-id')
    const batch = [{ ...masked, type: 'track' }]
    expectSuccess(await engine.post('/v1/batch', { writeKey: 'jitsu-id:***', batch }, [header]))
    expect((await engine.latest()).source).toBe('jitsu-id')
    expect((await captured({ ...masked, writeKey: '' }, [header])).source).toBe('jitsu-id')
    expect((await captured(masked, [basic(':')])).source).toBeNull()
  })

  it('may be missing: the call is captured all the same', async () => {
    expect(await captured({ userId: 'u', event: 'Key Missing' })).toMatchObject({
      source: null,
      accepted: true,
    })
  })

  it('is never shown with its secret', async () => {
    const { request: seen } = await captured({ userId: 'u', event: 'Key Found' }, [
      basic('web:password'),
      ['X-Write-Key', 'id:secret-half'],
      ['Cookie', 'session=secret-half'],
    ])
    expect(new Map(seen.headers).get('Authorization')).toBe('Basic ***')
    expect(JSON.stringify(seen)).not.toContain('secret-half')
  })

  it.each<[where: string, path: string, body: JsonObject, headers: Header[]]>([
    ['Basic', '', {}, [basic('shop:secret-half')]],
    ['the body', '', { writeKey: 'shop:secret-half' }, []],
    ['X-Write-Key', '', {}, [['X-Write-Key', 'shop:secret-half']]],
    ['the query', '?writeKey=shop:secret-half', {}, []],
    ['x-api-key', '', {}, [['x-api-key', 'shop:secret-half']]],
  ])(
    'is the same without its secret half, wherever an SDK puts it: %s',
    async (_where, query, body, headers) => {
      const event = await captured({ userId: 'u', event: 'Key Found', ...body }, headers, `/v1/track${query}`)
      expect(event.source).toBe('shop')
    },
  )

  it('of nothing but a secret half is none', async () => {
    const headers: Header[] = [
      ['X-Write-Key', ':secret-half'],
      ['x-api-key', 'named'],
    ]
    expect((await captured({ userId: 'u', event: 'Key Found' }, headers)).source).toBe('named')
  })
})

describe('a body', () => {
  const call = { userId: 'u', event: 'Body Read — ünï 🙂' }
  const json = JSON.stringify(call)

  it.each(['application/json', 'text/plain', 'application/x-www-form-urlencoded', 'image/png', null])(
    'is JSON whatever its Content-Type says: %s',
    async (type) => {
      expectSuccess(await engine.post('/v1/track', json, type === null ? [] : [['Content-Type', type]]))
      expect(await engine.latest()).toMatchObject({ event: call.event, payload: json })
    },
  )

  it.each<[how: string, header: string | null, bytes: Buffer, encoding: string | null]>([
    ['gzip', 'gzip', gzipSync(json), 'gzip'],
    ['gzip in capitals', 'GZIP', gzipSync(json), 'gzip'],
    ['gzip that no header announces', null, gzipSync(json), 'gzip'],
    ['gzip under another name', 'x-gzip', gzipSync(json), 'gzip'],
    ['deflate', 'deflate', deflateSync(json), 'deflate'],
    ['deflate without its header', 'deflate', deflateRawSync(json), 'deflate'],
    ['brotli', 'br', brotliCompressSync(json), 'br'],
    ['nothing, though a header says gzip', 'gzip', Buffer.from(json), null],
    ['identity', 'identity', Buffer.from(json), null],
  ])('is read when it is compressed by %s', async (_how, header, bytes, encoding) => {
    expectSuccess(
      await engine.post('/v1/track', bytes, header === null ? [] : [['Content-Encoding', header]]),
    )
    expect(await engine.latest()).toMatchObject({
      event: call.event,
      payload: json,
      request: { encoding, bodyBytes: bytes.length },
    })
  })

  it('may come in chunks that cut characters and compression in two', async () => {
    const bytes = gzipSync(json)
    const answer = await new Promise<WireAnswer>((resolve, reject) => {
      const outgoing = request(
        `${engine.capture}/v1/track`,
        { method: 'POST', headers: { 'content-encoding': 'gzip', 'transfer-encoding': 'chunked' } },
        (response) => {
          let text = ''
          response.on('data', (chunk: Buffer) => (text += chunk.toString()))
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
          )
        },
      )
      outgoing.on('error', reject)
      for (const byte of bytes) outgoing.write(Uint8Array.of(byte))
      outgoing.end()
    })
    expectSuccess(answer)
    expect(await engine.latest()).toMatchObject({ event: call.event, payload: json })
  })

  it('may begin with a byte order mark and stand in white space', async () => {
    expectSuccess(await engine.post('/v1/track', `\uFEFF \r\n${json}\n\n`))
    expect(await engine.latest()).toMatchObject({ event: call.event, payload: json })
  })

  it('may write an empty object as an empty list, as PHP does', async () => {
    const batch = [{ type: 'track', event: 'Body Read', userId: 'u', properties: [], context: [] }]
    expectSuccess(await engine.post('/v1/batch', { batch, context: [], integrations: [] }))
    expect(await engine.latest()).toMatchObject({ properties: {}, context: {}, integrations: null })
    const identify = { userId: 'u', traits: [], integrations: [] }
    expect(await captured(identify, [], '/v1/identify')).toMatchObject({ traits: {}, integrations: {} })
  })
})

describe('a batch', () => {
  it('lends its context and integrations to each call, where a call has none of its own', async () => {
    const calls = [
      { type: 'track', event: 'Lent', userId: 'u' },
      {
        type: 'track',
        event: 'Lent',
        userId: 'u',
        context: { library: { name: 'own', version: '2' }, groupId: 'own-account' },
        integrations: { Slack: true },
      },
    ]
    const shared = {
      context: { library: { name: 'analytics-go', version: '3.0.0' }, groupId: 'acct', ip: '10.0.0.1' },
      integrations: { All: false, Slack: false },
    }
    expectSuccess(await engine.post('/v1/batch', { ...shared, batch: calls }))
    const { id } = await engine.latest()
    const [lent, own] = await Promise.all([engine.event(id - 1), engine.event(id)])
    expect(lent).toMatchObject({ ...shared, library: shared.context.library, accountId: 'acct' })
    expect(own.context).toEqual({ ...calls[1]?.context, ip: '10.0.0.1' })
    expect(own).toMatchObject({
      integrations: { All: false, Slack: true },
      library: { name: 'own', version: '2' },
      accountId: 'own-account',
      payload: JSON.stringify(calls[1]),
    })
    expect(await engine.events(`id:${id - 1} account:acct context.ip:10.0.0.1`)).toHaveLength(1)
  })

  it('keeps its order, with one request for all', async () => {
    const batch = Array.from({ length: 300 }, (_, step) => ({
      type: 'track',
      event: 'Step Taken',
      userId: 'u',
      properties: { step },
    }))
    expectSuccess(await engine.post('/v1/batch', { batch }))
    const events = await engine.events('event:"Step Taken"')
    expect(events.map(({ batchIndex }) => batchIndex)).toEqual(batch.map((_, index) => index))
    expect(events.map(({ properties }) => properties?.['step'])).toEqual(batch.map((_, index) => index))
    expect((await engine.event(events[7]?.id ?? 0)).request.eventIds).toEqual(events.map(({ id }) => id))
  })

  it('may be empty', async () => {
    const { events } = await engine.analysed()
    expectSuccess(await engine.post('/v1/batch', { batch: [] }))
    expect((await engine.analysed()).events).toBe(events)
  })
})

describe('the clock', () => {
  const minutes = (count: number): number => count * 60_000
  const happened = '2026-01-02T03:00:00.000Z'
  const sent = '2026-01-02T03:10:00.000Z'

  it('is corrected by what the device thought the time was when it sent the call', async () => {
    const event = await captured({ userId: 'u', event: 'Timed', timestamp: happened, sentAt: sent })
    expect(event).toMatchObject({ originalTimestamp: happened, sentAt: sent })
    expect(Date.parse(event.timestamp)).toBe(Date.parse(event.receivedAt) - minutes(10))
  })

  it.each<[where: string, batch: JsonObject, call: JsonObject, headers: Header[]]>([
    ['on the batch', { sentAt: sent }, {}, []],
    ['on the call', {}, { sentAt: sent }, []],
    ['on the call rather than the batch', { sentAt: happened }, { sentAt: sent }, []],
    ['in a header', {}, {}, [['SentAt', sent]]],
    ['on the batch rather than in a header', { sentAt: sent }, {}, [['SentAt', happened]]],
  ])('takes the time of sending %s', async (_where, batch, own, headers) => {
    const call = { type: 'track', event: 'Timed', userId: 'u', timestamp: happened, ...own }
    expectSuccess(await engine.post('/v1/batch', { ...batch, batch: [call] }, headers))
    const event = await engine.latest()
    expect(event.sentAt).toBe(sent)
    expect(Date.parse(event.timestamp)).toBe(Date.parse(event.receivedAt) - minutes(10))
  })

  it('is left alone when nobody says when the call was sent', async () => {
    expect(await captured({ userId: 'u', event: 'Timed', timestamp: happened })).toMatchObject({
      timestamp: happened,
      originalTimestamp: happened,
      sentAt: null,
    })
  })

  it('prefers the original time that some SDKs send themselves', async () => {
    const call = { userId: 'u', event: 'Timed', timestamp: sent, originalTimestamp: happened }
    expect((await captured(call)).originalTimestamp).toBe(happened)
  })

  it('takes the arrival where a call has no time, whatever the batch says', async () => {
    const batch = [{ type: 'track', event: 'Timed', userId: 'u' }]
    expectSuccess(await engine.post('/v1/batch', { timestamp: happened, sentAt: sent, batch }))
    const event = await engine.latest()
    expect(event).toMatchObject({ originalTimestamp: null, sentAt: sent, timestamp: event.receivedAt })
  })

  it.each([
    ['2026-01-02T03:04:05Z', '2026-01-02T03:04:05.000Z'],
    ['2026-01-02T03:04:05.678Z', '2026-01-02T03:04:05.678Z'],
    ['2026-01-02T03:04:05.678901Z', '2026-01-02T03:04:05.678Z'],
    ['2026-01-02T03:04:05.6789012Z', '2026-01-02T03:04:05.678Z'],
    ['2026-01-02T03:04:05.678901234Z', '2026-01-02T03:04:05.678Z'],
    ['2026-01-02T03:04:05.6Z', '2026-01-02T03:04:05.600Z'],
    ['2026-01-02T03:04:05.678+00:00', '2026-01-02T03:04:05.678Z'],
    ['2026-01-02T03:04:05.678901+02:00', '2026-01-02T01:04:05.678Z'],
    ['2026-01-02T03:04:05-0830', '2026-01-02T11:34:05.000Z'],
    ['2026-01-02T03:04:05.678', '2026-01-02T03:04:05.678Z'],
    ['2026-01-02 03:04:05.678Z', '2026-01-02T03:04:05.678Z'],
    [1_767_323_045_678, '2026-01-02T03:04:05.678Z'],
    [1_767_323_045, '2026-01-02T03:04:05.000Z'],
  ])('reads %s', async (timestamp, expected) => {
    expect((await captured({ userId: 'u', event: 'Timed', timestamp })).originalTimestamp).toBe(expected)
  })

  it.each(['yesterday', '', '2026-13-45T00:00:00Z', null, {}, [], true, 1e300])(
    'takes the arrival where the time can’t be read: %j',
    async (timestamp) => {
      const event = await captured({ userId: 'u', event: 'Timed', timestamp })
      expect(event).toMatchObject({ originalTimestamp: null, timestamp: event.receivedAt })
    },
  )
})

describe('a call', () => {
  it('takes its anonymousId from a header when it has none of its own', async () => {
    const header: Header = ['AnonymousId', 'anon-from-header']
    const event = await captured({ event: 'Page Viewed' }, [header])
    expect(event).toMatchObject({
      anonymousId: 'anon-from-header',
      person: { id: 'anonymous:anon-from-header' },
    })
    expect((await captured({ event: 'Page Viewed', anonymousId: 'own' }, [header])).anonymousId).toBe('own')
  })

  it.each(['anon_1', 'Zoë’s laptop', '7f1c-e09a-4b1d'])(
    'takes its anonymousId from the header as RudderStack encodes it: %s',
    async (id) => {
      const header: Header = ['AnonymousId', Buffer.from(id).toString('base64')]
      expect((await captured({ event: 'Page Viewed' }, [header])).anonymousId).toBe(id)
    },
  )

  it('takes an anonymousId in a header that looks encoded and is not, as it stands', async () => {
    const header: Header = ['AnonymousId', '0123456789abcdef0123456789abcdef']
    expect((await captured({ event: 'Page Viewed' }, [header])).anonymousId).toBe(header[1])
  })

  it('is named by its page or screen, wherever the SDK writes that', async () => {
    const page = { userId: 'u', name: 'Pricing', category: 'Docs', properties: { path: '/pricing' } }
    expect(await captured(page, [], '/v1/page')).toMatchObject({
      event: null,
      name: 'Pricing',
      category: 'Docs',
      payload: JSON.stringify(page),
    })
    const inProperties = { userId: 'u', properties: { name: 'Inbox', category: 'Mail' } }
    expect(await captured(inProperties, [], '/v1/screen')).toMatchObject({
      name: 'Inbox',
      category: 'Mail',
      properties: { category: 'Mail' },
    })
    expect(await captured({ userId: 'u' }, [], '/v1/page')).toMatchObject({ name: null, category: null })
    const track = { userId: 'u', event: 'Mail Sent', category: 'Mail', properties: { category: 'Mail' } }
    expect(await captured(track)).toMatchObject({ name: null, category: null })
  })

  it('belongs to the account of its context, or to its own groupId', async () => {
    const track = { userId: 'u', event: 'Invoice Sent' }
    expect((await captured({ ...track, context: { groupId: 'acct' } })).accountId).toBe('acct')
    expect((await captured({ ...track, groupId: 'acct' })).accountId).toBe('acct')
    const both = { ...track, groupId: 'own', context: { groupId: 'acct' } }
    expect((await captured(both)).accountId).toBe('acct')
    expect((await captured({ ...both, event: undefined }, [], '/v1/group')).accountId).toBe('own')
  })

  it('may carry its traits in the context alone', async () => {
    const identify = { userId: 'u', context: { traits: { plan: 'pro' } } }
    expect((await captured(identify, [], '/v1/identify')).traits).toEqual({ plan: 'pro' })
    const both = { ...identify, traits: { plan: 'free' } }
    expect((await captured(both, [], '/v1/identify')).traits).toEqual({ plan: 'free' })
    const track = { userId: 'u', event: 'Plan Chosen', context: { traits: { plan: 'pro' } } }
    expect((await captured(track)).traits).toBeNull()
  })
})
