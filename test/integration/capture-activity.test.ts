import { once } from 'node:events'
import { connect } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { ActivityList } from '../../electron/engine/capture/activity.ts'
import type { Activity } from '../../shared/contract/schemas.ts'
import { RunningEngine } from './running-engine.ts'
import type { Header } from './running-engine.ts'

// What reaches the capture port and is no accepted call: where one looks when a call is missing.

let engine: RunningEngine
/** When the test began: what came before is another's. */
let begun: string

beforeAll(async () => {
  engine = await RunningEngine.start()
})

beforeEach(async () => {
  // Times are told in milliseconds: the last entry of the test before must not share one with this.
  const [last] = (await engine.api<Answered>('/capture/activity')).activity
  begun = new Date(Math.max(Date.now(), Date.parse(last?.at ?? '1970') + 1)).toISOString()
  await vi.waitFor(() => expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(begun)))
})

afterAll(() => engine.close())

interface Answered {
  activity: Activity[]
  counts: Record<string, number>
}

const read = (since = begun): Promise<Answered> => engine.api(`/capture/activity?since=${since}`)
/** What the latest entry is, once there is one. */
const latest = (): Promise<Activity> =>
  vi.waitFor(async () => {
    const [first] = (await read()).activity
    if (first === undefined) throw new Error('Nothing has been noticed')
    return first
  })

/** Sends bytes as they are, and closes the connection. */
async function sendBytes(bytes: string, end: 'end' | 'reset' = 'end'): Promise<void> {
  const socket = connect(engine.capturePort, '127.0.0.1')
  socket.on('error', () => socket.destroy())
  await once(socket, 'connect')
  await new Promise((resolve) => socket.write(bytes, resolve))
  if (end === 'end') socket.end()
  else socket.resetAndDestroy()
  await once(socket.resume(), 'close')
}

const page: Header[] = [
  ['Origin', 'https://shop.example'],
  ['User-Agent', 'Chrome/150'],
]

describe('is noticed', () => {
  it('the settings that an SDK fetches, with its write key', async () => {
    await engine.send({ method: 'GET', path: '/v1/projects/my%20key/settings', headers: page })
    expect(await latest()).toMatchObject({
      kind: 'settings',
      method: 'GET',
      writeKey: 'my key',
      origin: 'https://shop.example',
      userAgent: 'Chrome/150',
      remoteAddress: expect.stringContaining('127.0.0.1') as string,
      count: 1,
    })
  })

  it('the script that a page loads, with its write key', async () => {
    await engine.send({ method: 'GET', path: '/analytics.js/v1/shop/analytics.min.js', headers: page })
    expect(await latest()).toMatchObject({ kind: 'script', writeKey: 'shop', origin: 'https://shop.example' })
  })

  it('a browser that asks whether it may send', async () => {
    await engine.send({ method: 'OPTIONS', path: '/v1/t', headers: page })
    expect(await latest()).toMatchObject({
      kind: 'preflight',
      path: '/v1/t',
      origin: 'https://shop.example',
    })
  })

  it('a path that leads nowhere, with the write key of its sender', async () => {
    await engine.post('/v1/v1/batch?secret=1', {}, [
      ['Authorization', `Basic ${Buffer.from('api:').toString('base64')}`],
    ])
    expect(await latest()).toMatchObject({ kind: 'path', path: '/v1/v1/batch', writeKey: 'api' })
  })

  it('a person who opens the address in a browser', async () => {
    await engine.send({ method: 'GET', path: '/', headers: [['Accept', 'text/html,*/*']] })
    expect(await latest()).toMatchObject({ kind: 'visit' })
  })

  it('a method that a path does not take', async () => {
    await engine.send({ method: 'GET', path: '/v1/track' })
    expect(await latest()).toMatchObject({ kind: 'method', method: 'GET', detail: 'It takes POST' })
  })

  it('PostHog', async () => {
    await engine.post('/e/', { api_key: 'phc_1', event: 'x' })
    expect(await latest()).toMatchObject({ kind: 'posthog', path: '/e/' })
  })

  it('a body that is refused, with the reason', async () => {
    await engine.post('/v1/track', '{"event": "Invoice Sent"')
    expect(await latest()).toMatchObject({
      kind: 'rejected',
      path: '/v1/track',
      detail: expect.stringContaining('not JSON') as string,
    })
  })

  it.each(['end', 'reset'] as const)('a sender that breaks off within its body (%s)', async (end) => {
    await sendBytes('POST /v1/track HTTP/1.1\r\nHost: a\r\nContent-Length: 90\r\n\r\n{"event"', end)
    expect(await latest()).toMatchObject({ kind: 'hangup', path: '/v1/track' })
    expect((await read()).activity).toHaveLength(1)
  })

  it('what is no HTTP at all', async () => {
    await sendBytes('HELLO\r\n\r\n')
    expect(await latest()).toMatchObject({
      kind: 'malformed',
      detail: expect.stringContaining('HPE_INVALID_METHOD') as string,
    })
  })

  it.each(['/v1/track', '/v1/nowhere'])('a request to %s whose body is no HTTP, once', async (path) => {
    await sendBytes(`POST ${path} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nno size\r\n`)
    const detail = expect.stringContaining('HPE_INVALID_CHUNK_SIZE') as string
    const expected = path === '/v1/track' ? { kind: 'malformed', detail } : { kind: 'path', detail: null }
    expect(await latest()).toMatchObject({ ...expected, method: 'POST', path })
    expect((await read()).activity).toHaveLength(1)
  })

  it('https on the port that speaks http', async () => {
    const socket = connectTls({ port: engine.capturePort, host: '127.0.0.1' })
    await once(socket, 'error')
    expect(await latest()).toMatchObject({ kind: 'tls', method: null, path: null })
  })
})

it('is silent about calls that were taken, and about the metrics of SDKs', async () => {
  const { counts } = await read()
  await engine.post('/v1/track', { userId: '42', event: 'Invoice Sent' })
  await engine.post('/v1/m', '{"series":[]}')
  await sendBytes('')
  expect(await read()).toEqual({ activity: [], counts })
})

it('tells the page at once, through the pulse', async () => {
  const abort = new AbortController()
  const beats = await fetch(`${engine.app}/api/v1/pulse`, {
    headers: { authorization: `Bearer ${engine.token}` },
    signal: abort.signal,
  })
  const told: number[] = []
  const decoder = new TextDecoder()
  for await (const chunk of beats.body ?? []) {
    for (const [, count] of decoder.decode(chunk).matchAll(/"activity":(\d+)/g)) told.push(Number(count))
    if (told.length > 0) await engine.send({ method: 'OPTIONS', path: '/v1/t', headers: page })
    if (told.length > 1) break
  }
  abort.abort()
  expect(told[1]).toBeGreaterThan(told[0] ?? Infinity)
})

it('counts what comes again, the latest first, and tells only what came since', async () => {
  const before = (await read()).counts['preflight'] ?? 0
  await engine.send({ method: 'OPTIONS', path: '/v1/counted', headers: page })
  await engine.send({ method: 'GET', path: '/v1/counted' })
  await engine.send({ method: 'OPTIONS', path: '/v1/counted', headers: page })
  const { activity, counts } = await read()
  expect(activity.map(({ kind, count }) => [kind, count])).toEqual([
    ['preflight', 2],
    ['path', 1],
  ])
  expect(counts['preflight']).toBe(before + 2)
  const later = new Date(Date.now() + 60_000).toISOString()
  expect((await read(later)).activity).toEqual([])
})

it('keeps the latest two hundred, however many come', () => {
  let now = 0
  const list = new ActivityList(
    () => now,
    () => undefined,
  )
  const notice = { kind: 'path', method: 'GET', origin: null, userAgent: null, detail: null } as const
  for (now = 1; now <= 1000; now += 1)
    list.add({ ...notice, path: `/${now}`, remoteAddress: null, writeKey: null })
  const { activity, counts } = list.since(0)
  expect(activity).toHaveLength(200)
  expect(activity.at(0)?.path).toBe('/1000')
  expect(activity.at(-1)?.path).toBe('/801')
  expect(counts).toEqual({ path: 1000 })
})
