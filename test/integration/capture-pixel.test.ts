import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EventDetail, JsonObject } from '../../shared/event.ts'
import { RunningEngine } from './running-engine.ts'
import type { WireAnswer } from './running-engine.ts'

// An image in a mail: its address is the call, and nobody is there to read an error.

let engine: RunningEngine

beforeAll(async () => {
  engine = await RunningEngine.start()
})

afterAll(() => engine.close())

function expectImage({ status, headers }: WireAnswer): void {
  expect(status).toBe(200)
  expect(headers).toMatchObject({ 'content-type': 'image/gif', 'cache-control': 'no-store' })
}

async function opened(path: string): Promise<EventDetail> {
  expectImage(await engine.send({ method: 'GET', path }))
  return engine.latest()
}

const encoded = (call: JsonObject, encoding: BufferEncoding = 'base64'): string =>
  Buffer.from(JSON.stringify(call)).toString(encoding)

describe('a pixel', () => {
  // In base64 it has a + and a /, which the other alphabet and an unescaped address write in another way.
  const call = {
    writeKey: 'mail',
    userId: 'user_42',
    event: 'Email Opened',
    properties: { subject: '>>>??? Ünï' },
  }

  it('is an image of one transparent dot', async () => {
    const answer = await fetch(`${engine.capture}/v1/pixel/track?data=${encodeURIComponent(encoded(call))}`)
    const bytes = Buffer.from(await answer.arrayBuffer())
    expect(bytes.subarray(0, 6).toString('latin1')).toBe('GIF89a')
    expect([bytes.readUInt16LE(6), bytes.readUInt16LE(8)]).toEqual([1, 1])
    expect(bytes.length).toBe(Number(answer.headers.get('content-length')))
  })

  it.each([
    ['in base64', encodeURIComponent(encoded(call))],
    ['in base64 with nothing escaped', encoded(call)],
    ['in base64 without its padding', encoded(call).replace(/=+$/, '')],
    ['in the base64 of addresses', encoded(call, 'base64url')],
    ['as JSON', encodeURIComponent(JSON.stringify(call))],
  ])('carries its call %s', async (_how, data) => {
    expect(encoded(call)).toMatch(/\+.*\/|\/.*\+/)
    expect(await opened(`/v1/pixel/track?data=${data}`)).toMatchObject({
      type: 'track',
      event: 'Email Opened',
      userId: 'user_42',
      source: 'mail',
      properties: call.properties,
      payload: JSON.stringify(call),
      request: { method: 'GET', path: `/v1/pixel/track?data=${data}` },
      accepted: true,
    })
  })

  it('may carry it as a flat query, whose dots are levels', async () => {
    const query = new URLSearchParams({
      writeKey: 'mail',
      userId: 'user_42',
      event: 'Email Opened',
      'properties.subject': 'Ünï & more',
      'properties.links.first': 'a',
      'properties.links.second': 'b',
      'context.groupId': 'acct_7',
      timestamp: '2026-01-02T03:04:05Z',
    })
    expect(await opened(`/v1/pixel/track?${query.toString()}`)).toMatchObject({
      event: 'Email Opened',
      source: 'mail',
      accountId: 'acct_7',
      properties: { subject: 'Ünï & more', links: { first: 'a', second: 'b' } },
      originalTimestamp: '2026-01-02T03:04:05.000Z',
    })
  })

  it.each(['track', 'identify', 'page', 'screen', 'group', 'alias'])('may be a %s', async (type) => {
    expect(await opened(`/v1/pixel/${type}?userId=u`)).toMatchObject({ type, accepted: true })
    expect(await opened(`/pixel/${type.charAt(0)}?userId=u`)).toMatchObject({ type, accepted: true })
  })

  it('has keys that are only keys, whatever they are called', async () => {
    const event = await opened(
      '/v1/pixel/track?userId=u&event=Email+Opened&__proto__.admin=1&a.__proto__.b=1&a=2&a.c=3',
    )
    expect(JSON.parse(event.payload ?? '')).toMatchObject({ a: { c: '3' }, event: 'Email Opened' })
    expect(event.payload).toContain('"__proto__":{"admin":"1"}')
    expect(({} as JsonObject)['admin']).toBeUndefined()
  })

  it('is an image though it is nothing but depth', async () => {
    const event = await opened(`/v1/pixel/track?userId=u&${'a.'.repeat(20_000)}b=1`)
    expect(event).toMatchObject({ accepted: false, rejection: { code: 'CALL_TOO_DEEP' } })
  })

  it.each<[what: string, path: string, code: string, rawBody: string | null]>([
    ['its data are no base64', '/v1/pixel/track?data=%25%25%25', 'BODY_NOT_JSON', '%%%'],
    ['its data are no JSON', '/v1/pixel/track?data=aGVsbG8=', 'BODY_NOT_JSON', 'hello'],
    ['its data are empty', '/v1/pixel/track?data=', 'BODY_NOT_JSON', ''],
    ['its data are a list', '/v1/pixel/track?data=W10=', 'CALL_NOT_OBJECT', '[]'],
    ['its method is unknown', '/v1/pixel/teleport?userId=u', 'CALL_TYPE_UNKNOWN', '{"userId":"u"}'],
  ])('is an image though %s, and the log knows why', async (_what, path, code, rawBody) => {
    const event = await opened(path)
    expect(event).toMatchObject({ accepted: false, rejection: { code }, request: { path } })
    expect(event.rawBody ?? event.payload).toBe(rawBody)
  })
})
