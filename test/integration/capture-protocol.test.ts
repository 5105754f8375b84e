import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../shared/event.ts'
import { expectRefusal, expectSuccess, taken } from './answers.ts'
import { RunningEngine } from './running-engine.ts'
import type { Header } from './running-engine.ts'

// What SDKs rely on: the paths, the answers, what a browser asks first, and what is not for here.

let engine: RunningEngine

beforeAll(async () => {
  engine = await RunningEngine.start()
})

afterAll(() => engine.close())

describe('every path', () => {
  const types = { t: 'track', i: 'identify', p: 'page', s: 'screen', g: 'group', a: 'alias' }
  const single = Object.entries(types).flatMap(([letter, type]) => [
    { path: `/${type}`, type },
    { path: `/${letter}`, type },
    { path: `/v1/${type}`, type },
    { path: `/v1/${letter}`, type },
  ])

  it.each(single)('$path takes a call that does not say its type', async ({ path, type }) => {
    expectSuccess(await engine.post(path, { userId: 'u', event: 'Path Taken' }))
    expect(await engine.latest()).toMatchObject({ type, accepted: true, batchIndex: null })
  })

  it.each(['/batch', '/import', '/b', '/v1/batch', '/v1/import', '/v1/b'])(
    '%s takes a batch',
    async (path) => {
      const before = (await engine.analysed()).events
      const batch = [
        { type: 'track', event: 'Path Taken', userId: 'u' },
        { type: 'identify', userId: 'u' },
      ]
      expectSuccess(await engine.post(path, { batch }))
      expect((await engine.analysed()).events).toBe(before + 2)
      expect(await engine.latest()).toMatchObject({ type: 'identify', batchIndex: 1 })
    },
  )

  it.each(['//v1//track', '/v1/track/', '/v1//track//', '/v1/track?source=a', '//track'])(
    '%s is the same as /v1/track',
    async (path) => {
      expectSuccess(await engine.post(path, { userId: 'u', event: 'Path Taken' }))
      expect(await engine.latest()).toMatchObject({ type: 'track', request: { path } })
    },
  )

  it('may be a batch for a single call that says its type', async () => {
    const call = { type: 'page', userId: 'u', name: 'Home' }
    expect(await taken(engine, '/v1/batch', call)).toMatchObject({
      type: 'page',
      batchIndex: null,
    })
  })

  it('keeps the connection open for longer than a minute, for SDKs that come back to it', async () => {
    const answer = await engine.post('/v1/track', { userId: 'u', event: 'Path Taken' }, [
      ['Connection', 'keep-alive'],
    ])
    const seconds = /timeout=(\d+)/.exec(String(answer.headers['keep-alive']))?.[1]
    expect(Number(seconds)).toBeGreaterThan(60)
  })
})

describe('a page of another origin', () => {
  const origin: Header = ['Origin', 'https://shop.example']

  it.each(['/v1/t', '/v1/batch', '/v1/projects/web/settings', '/v1/m', '/'])(
    'may ask %s what it may send',
    async (path) => {
      const answer = await engine.send({
        method: 'OPTIONS',
        path,
        headers: [
          origin,
          ['Access-Control-Request-Method', 'POST'],
          ['Access-Control-Request-Headers', 'authorization,content-type,x-custom'],
          ['Access-Control-Request-Private-Network', 'true'],
        ],
      })
      expect(answer).toMatchObject({
        status: 204,
        text: '',
        headers: {
          'access-control-allow-origin': 'https://shop.example',
          'access-control-allow-headers': 'authorization,content-type,x-custom',
          'access-control-allow-private-network': 'true',
        },
      })
      expect(answer.headers['access-control-allow-methods']).toMatch(/GET.*POST|POST.*GET/)
      expect(Number(answer.headers['access-control-max-age'])).toBeGreaterThan(0)
      expect(answer.headers.vary).toContain('Origin')
    },
  )

  it('may come from a public address to this private one, under either name of the question', async () => {
    const ask = (header: string) =>
      engine.send({ method: 'OPTIONS', path: '/v1/t', headers: [origin, [header, 'true']] })
    const local = await ask('Access-Control-Request-Local-Network')
    expect(local.headers['access-control-allow-local-network']).toBe('true')
    expect(local.headers['access-control-allow-private-network']).toBeUndefined()
  })

  it('reads the answer to its call, and to a refused one', async () => {
    const taken = await engine.post('/v1/t', { userId: 'u', event: 'Page Viewed' }, [origin])
    expectSuccess(taken)
    const refused = await engine.post('/v1/t', 'no JSON', [origin])
    const unknown = await engine.post('/v1/nowhere', '{}', [origin])
    for (const { headers } of [taken, refused, unknown]) {
      expect(headers).toMatchObject({
        'access-control-allow-origin': 'https://shop.example',
        'access-control-expose-headers': 'Retry-After, X-RateLimit-Reset',
      })
    }
  })

  it('may be a file', async () => {
    const answer = await engine.post('/v1/t', { userId: 'u', event: 'Page Viewed' }, [['Origin', 'null']])
    expect(answer.headers['access-control-allow-origin']).toBe('null')
  })
})

describe('settings', () => {
  it.each(['/v1/projects/a%20key/settings', '/projects/a%20key/settings', '/v1//projects/a%20key/settings/'])(
    '%s send the SDK back to the address under which it has come',
    async (path) => {
      const answer = await engine.send({ method: 'GET', path, headers: [['Host', '10.0.2.2:7357']] })
      expect(answer.status).toBe(200)
      const settings = JSON.parse(answer.text) as JsonObject
      expect(settings['integrations']).toEqual({
        'Segment.io': {
          apiKey: 'a key',
          apiHost: '10.0.2.2:7357/v1',
          protocol: 'http',
          addBundledMetadata: true,
        },
      })
      expect(settings['metrics']).toEqual({ sampleRate: 0, host: '10.0.2.2:7357/v1' })
    },
  )
})

describe('the SDKs’ own metrics', () => {
  it('are answered and not kept', async () => {
    const { events, bytes } = await engine.analysed()
    const series = [{ type: 'Counter', metric: 'analytics_js.invoke', value: 1, tags: {} }]
    for (const path of ['/v1/m', '/m']) {
      expectSuccess(await engine.post(path, { series }, [['Content-Type', 'text/plain']]))
    }
    expect(await engine.analysed()).toMatchObject({ events, bytes })
  })
})

describe('what is not for here', () => {
  it('is told which paths there are', async () => {
    for (const path of ['/', '/v1', '/v1/tracks', '/v2/batch', '/%2e%2e/v1/track']) {
      const message = expectRefusal(await engine.post(path, '{}'), 404, 'PATH_UNKNOWN')
      expect(message).toContain(path)
      expect(message).toContain('/v1/track')
      expect(message).toContain('/v1/batch')
    }
  })

  it.each(['/capture/', '/e/?ip=1', '/decide/?v=3', '/flags/?v=2', '/i/v0/e/'])(
    'is told that PostHog speaks another protocol: %s',
    async (path) => {
      const body = { api_key: 'phc_1', event: '$pageview', properties: { distinct_id: 'a' } }
      expect(expectRefusal(await engine.post(path, body), 404, 'POSTHOG_UNSUPPORTED')).toContain('PostHog')
    },
  )

  it('is told so on the path that PostHog shares with Segment, too, and kept', async () => {
    const batch = [{ type: 'identify', event: '$identify', distinct_id: 'a', properties: {} }]
    const body = JSON.stringify({ api_key: 'phc_1', batch, sent_at: '2026-01-02T03:04:05Z' })
    expectRefusal(await engine.post('/batch/', body), 404, 'POSTHOG_UNSUPPORTED')
    expect(await engine.latest()).toMatchObject({
      accepted: false,
      rejection: { code: 'POSTHOG_UNSUPPORTED' },
      rawBody: body,
    })
    const call = { api_key: 'mine', userId: 'u', event: 'Key Rotated' }
    expect((await taken(engine, '/v1/track', call)).accepted).toBe(true)
  })

  it.each(['PUT', 'PATCH', 'DELETE', 'GET'])('is told which method to use instead of %s', async (method) => {
    const answer = await engine.send({ method, path: '/v1/track' })
    const message = expectRefusal(answer, 405, 'METHOD_NOT_ALLOWED')
    expect(message).toContain(method)
    expect(answer.headers.allow).toBe('POST')
  })

  it('is told so without a body when it only asks for the head', async () => {
    for (const path of ['/v1/batch', '/v1/projects/web/settings']) {
      const answer = await engine.send({ method: 'HEAD', path })
      expect(answer).toMatchObject({ status: 405, text: '' })
    }
  })

  it('leaves no event behind', async () => {
    const { events } = await engine.analysed()
    await engine.send({ method: 'PUT', path: '/v1/track', body: '{"userId":"u","event":"Kept"}' })
    await engine.post('/v1/nowhere', { userId: 'u', event: 'Kept' })
    expect((await engine.analysed()).events).toBe(events)
  })
})
