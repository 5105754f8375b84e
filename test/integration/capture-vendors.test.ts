import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../shared/event.ts'
import { expectRefusal, expectSuccess, taken } from './answers.ts'
import { RunningEngine } from './running-engine.ts'
import type { Header } from './running-engine.ts'

// What speaks the protocol with paths of its own: RudderStack, Jitsu, June, OAuth.

let engine: RunningEngine

beforeAll(async () => {
  engine = await RunningEngine.start()
})

afterAll(() => engine.close())

const types = { t: 'track', i: 'identify', p: 'page', s: 'screen', g: 'group', a: 'alias' }
const basic: Header = ['Authorization', `Basic ${Buffer.from('web:').toString('base64')}`]

async function asked(path: string, headers: readonly Header[] = []): Promise<unknown> {
  const answer = await engine.send({ method: 'GET', path, headers })
  expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'application/json' } })
  return JSON.parse(answer.text)
}

describe.each([
  ['Jitsu in a browser', '/api/s'],
  ['Jitsu on a server', '/api/s/s2s'],
  ['June', '/sdk'],
])('%s', (_who, prefix) => {
  it.each(
    Object.entries(types).flatMap(([letter, type]) => [[type, type] as const, [letter, type] as const]),
  )(`posts to ${prefix}/%s`, async (name, type) => {
    const event = await taken(engine, `${prefix}/${name}`, { userId: 'u', event: 'Path Taken' })
    expect(event).toMatchObject({ type, accepted: true, batchIndex: null })
  })

  it(`posts a batch to ${prefix}/batch`, async () => {
    const batch = [
      { type: 'track', event: 'Path Taken', userId: 'u' },
      { type: 'identify', userId: 'u' },
    ]
    expect(await taken(engine, `${prefix}/batch`, { batch })).toMatchObject({
      type: 'identify',
      batchIndex: 1,
    })
  })
})

describe('Jitsu', () => {
  it('may leave it to the call to say what it is', async () => {
    const call = { type: 'page', userId: 'u', properties: { name: 'Pricing', category: 'Docs' } }
    expect(await taken(engine, '/api/s/s2s/event', call)).toMatchObject({
      type: 'page',
      name: 'Pricing',
      category: 'Docs',
    })
  })

  it('names its source in a header, its account at the top, and masks its key in the body', async () => {
    const call = { userId: 'u', event: 'Invoice Sent', groupId: 'acct_7', writeKey: 'id:***' }
    const event = await taken(engine, '/api/s/track', call, [['X-Write-Key', 'id:secret']])
    expect(event).toMatchObject({ source: 'id', accountId: 'acct_7' })
    expect(JSON.stringify(event)).not.toContain('secret')
  })
})

describe('June', () => {
  it('posts its browser’s batches to /sdk/b', async () => {
    const batch = [{ type: 'track', event: 'Path Taken', userId: 'u' }]
    expect(await taken(engine, '/sdk/b', { writeKey: 'june', batch })).toMatchObject({ source: 'june' })
  })
})

describe('RudderStack', () => {
  const config = (writeKey: string) => ({
    source: {
      id: expect.any(String) as string,
      name: expect.any(String) as string,
      writeKey,
      enabled: true,
      workspaceId: expect.any(String) as string,
      config: { statsCollection: { errors: { enabled: false }, metrics: { enabled: false } } },
      destinations: [],
      updatedAt: expect.stringMatching(/Z$/) as string,
    },
    updatedAt: expect.stringMatching(/Z$/) as string,
  })

  it.each<[where: string, path: string, headers: Header[]]>([
    ['the address', '/sourceConfig/?p=npm&v=3.34.0&writeKey=web', []],
    ['the header', '/sourceConfig/?p=npm', [basic]],
    ['the header before the address', '/sourceConfig?writeKey=other', [basic]],
  ])('hears that its source is switched on, named by the key in %s', async (_where, path, headers) => {
    expect(await asked(path, headers)).toEqual(config('web'))
  })

  it('sends what is left by a beacon while a page unloads, as text and with the key in the address', async () => {
    const batch = [{ type: 'track', event: 'Page Left', anonymousId: 'a' }]
    const event = await taken(engine, '/beacon/v1/batch?writeKey=web', { batch }, [
      ['Content-Type', 'text/plain;charset=UTF-8'],
    ])
    expect(event).toMatchObject({ event: 'Page Left', source: 'web' })
  })

  it('asks how many nodes there are', async () => {
    expect(await asked('/cluster-info')).toEqual({ nodeCount: 1 })
  })

  it('reports about itself, which is answered and not kept', async () => {
    const { lastEventId } = await engine.analysed()
    expectSuccess(await engine.post('/rsaMetrics', { version: '1', message_id: randomUUID() }))
    expect((await engine.analysed()).lastEventId).toBe(lastEventId)
  })

  it('has a group call described by its own traits, not by those of its user', async () => {
    const call = {
      userId: 'rudder',
      groupId: 'rudder-account',
      traits: {},
      context: { traits: { name: 'Zoë' } },
    }
    expect((await taken(engine, '/v1/group', call)).traits).toEqual({})
    expect(await engine.account('rudder-account')).toMatchObject({ name: null, traits: {} })
  })
})

describe('OAuth', () => {
  it('gets a token for whatever it shows, each time another, and nobody may store it', async () => {
    const tokens = new Set<unknown>()
    const form = 'grant_type=client_credentials&client_assertion=a.b.c&scope=tracking_api:write'
    for (const [body, type] of [
      [form, 'application/x-www-form-urlencoded'],
      ['{"grant_type":"client_credentials"}', 'application/json'],
    ] as const) {
      const answer = await engine.post('/token', body, [['Content-Type', type]])
      expect(answer).toMatchObject({ status: 200, headers: { 'cache-control': 'no-store' } })
      const token = JSON.parse(answer.text) as JsonObject
      expect(token).toMatchObject({ token_type: 'Bearer', expires_in: expect.any(Number) as number })
      tokens.add(token['access_token'])
    }
    expect(tokens.size).toBe(2)
    expect([...tokens].every((token) => typeof token === 'string' && token !== '')).toBe(true)
  })

  it('leaves no event behind', async () => {
    const { lastEventId } = await engine.analysed()
    await engine.post('/token', 'grant_type=client_credentials')
    expect((await engine.analysed()).lastEventId).toBe(lastEventId)
  })
})

describe('a path with one method', () => {
  it.each<[method: string, path: string, allowed: string]>([
    ['GET', '/api/s/track', 'POST'],
    ['GET', '/sdk/batch', 'POST'],
    ['GET', '/beacon/v1/batch', 'POST'],
    ['GET', '/token', 'POST'],
    ['POST', '/sourceConfig/', 'GET'],
    ['POST', '/cluster-info', 'GET'],
    ['POST', '/v1/pixel/track', 'GET'],
  ])('refuses %s %s and names %s', async (method, path, allowed) => {
    const answer = await engine.send({ method, path, body: method === 'POST' ? '{}' : '' })
    expectRefusal(answer, 405, 'METHOD_NOT_ALLOWED')
    expect(answer.headers.allow).toBe(allowed)
  })
})

it('a 404 names the paths of all of them to whoever asks for something else', async () => {
  const message = expectRefusal(await engine.post('/nowhere', '{}'), 404, 'PATH_UNKNOWN')
  for (const path of [
    '/v1/track',
    '/v1/batch',
    '/api/s/',
    '/sdk/batch',
    '/events',
    '/users/upsert',
    '/v1/pixel/',
  ])
    expect(message).toContain(path)
})
