import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { EventDetail, JsonObject } from '../../shared/event.ts'
import { refused, taken } from './answers.ts'
import { RunningEngine } from './running-engine.ts'
import type { Header } from './running-engine.ts'

// Whatever arrives: it is answered, it is kept with the reason where it is refused, and the next call is captured.

let engine: RunningEngine

beforeAll(async () => {
  engine = await RunningEngine.start()
})

afterAll(() => engine.close())

afterEach(async () => {
  const event = await taken(engine, '/v1/track', { userId: 'u', event: 'Order Completed' })
  expect(event).toMatchObject({ event: 'Order Completed', accepted: true, analysed: true })
})

describe('a body that is no call', () => {
  const broken = ['', ' ', '{', '{"type":"track",}', "{'type':'track'}", 'batch=1', '{"a":1}{"b":2}', 'NaN']
  it.each([...broken, '<html>', '\u0000', '{"a":"\u0001"}', '{"batch":[{"type":"track"}'])(
    'is refused and kept to the letter: %j',
    async (body) => {
      expect((await refused(engine, body, 400, 'BODY_NOT_JSON')).rawBody).toBe(body)
    },
  )

  it.each(['null', '7', '"text"', '[]', '[{"type":"track"}]', 'true'])(
    'is refused when it is JSON, but no object: %s',
    async (body) => {
      expect((await refused(engine, body, 400, 'CALL_NOT_OBJECT')).rawBody).toBe(body)
    },
  )

  it.each(['{}', '{"batch":null}', '{"batch":{}}', '{"batch":"x"}', '{"type":7}', '{"event":"Order Sent"}'])(
    'is refused when nobody can say what it is: %s',
    async (body) => {
      expect((await refused(engine, body, 400, 'CALL_TYPE_UNKNOWN')).rawBody).toBe(body)
    },
  )

  it('keeps the type that its path names', async () => {
    expect((await refused(engine, '{', 400, 'BODY_NOT_JSON', [], '/v1/identify')).type).toBe('identify')
  })

  it('keeps the source that its headers name', async () => {
    const headers: Header[] = [['Authorization', `Basic ${Buffer.from('web:').toString('base64')}`]]
    expect((await refused(engine, '{', 400, 'BODY_NOT_JSON', headers)).source).toBe('web')
  })

  it('can be read by a person though it came compressed', async () => {
    const body = '{"type":"track","event":"Ünïcode'
    const gzip = await refused(engine, gzipSync(body), 400, 'BODY_NOT_JSON', [['Content-Encoding', 'gzip']])
    expect(gzip).toMatchObject({ rawBody: body, request: { encoding: 'gzip' } })
    const brotli = await refused(engine, brotliCompressSync(body), 400, 'BODY_NOT_JSON', [
      ['Content-Encoding', 'br'],
    ])
    expect(brotli).toMatchObject({ rawBody: body, request: { encoding: 'br' } })
  })

  it.each<[encoding: string, body: Uint8Array]>([
    ['gzip', gzipSync('{"type":"track"}').subarray(0, 20)],
    ['gzip', Uint8Array.of(0x1f, 0x8b, 1, 2, 3)],
    ['deflate', deflateSync('{"type":"track"}').subarray(0, 10)],
    ['br', Uint8Array.of(1, 2, 3, 4)],
  ])('is refused when its %s is broken', async (encoding, body) => {
    const event = await refused(engine, body, 400, 'BODY_NOT_DECODED', [['Content-Encoding', encoding]])
    expect(event.rejection?.message).toContain(encoding)
  })
})

describe('a call of no known type', () => {
  it.each(['Track', 'capture', '', ' track', 'constructor', '__proto__'])(
    'is refused and kept when it comes alone: %j',
    async (type) => {
      const body = JSON.stringify({ type, userId: 'u', event: 'Order Sent' })
      const named = { id: 'u', label: 'u' }
      const event = await refused(engine, body, 400, 'CALL_TYPE_UNKNOWN', [], '/v1/batch', named)
      expect(event).toMatchObject({ type: null, payload: body })
      expect(event.rejection?.message).toContain(JSON.stringify(type))
    },
  )

  it('does not spoil the batch that it comes in', async () => {
    const calls = [
      '{"type":"track","userId":"u","event":"Order Sent"}',
      '{"type":"teleport","userId":"u"}',
      '{"userId":"u"}',
      '7',
      'null',
      '"text"',
      '[1, 2]',
      '{"type":"identify","userId":"u"}',
    ]
    const { id } = await taken(engine, '/v1/batch', `{"batch":[${calls.join(',')}]}`)
    const events: EventDetail[] = []
    for (const index of calls.keys()) events.push(await engine.event(id - calls.length + 1 + index))
    expect(events.map(({ payload }) => payload)).toEqual(calls)
    expect(events.map(({ batchIndex }) => batchIndex)).toEqual(calls.map((_, index) => index))
    expect(events.map(({ accepted }) => accepted)).toEqual([
      true,
      false,
      false,
      false,
      false,
      false,
      false,
      true,
    ])
    expect(events.map(({ rejection }) => rejection?.code)).toEqual([
      undefined,
      ...['CALL_TYPE_UNKNOWN', 'CALL_TYPE_UNKNOWN'],
      ...Array<string>(4).fill('CALL_NOT_OBJECT'),
      undefined,
    ])
    const found = await engine.events(`is:rejected id:>${id - calls.length}`)
    expect(found).toHaveLength(6)
  })
})

describe('a value of the wrong type', () => {
  const odd: unknown[] = [null, 7, -0.5, true, '', 'text', [], [1, 'two', null], {}, { deep: { er: [1] } }]
  const fields = [
    ...['event', 'userId', 'anonymousId', 'messageId', 'properties', 'traits', 'context', 'integrations'],
    ...['timestamp', 'sentAt', 'originalTimestamp', 'groupId', 'previousId', 'name', 'category', 'writeKey'],
    ...['_metadata', 'channel', 'version'],
  ]

  it.each(fields)('in %s is captured as it is, in a call of every type', async (field) => {
    const calls = ['track', 'identify', 'page', 'screen', 'group', 'alias'].flatMap((type) =>
      odd.map((value) => ({ type, userId: 'odd', event: 'Order Sent', [field]: value })),
    )
    const { id } = await taken(engine, '/v1/batch', JSON.stringify({ batch: calls }))
    const events = await engine.events(`id:>${id - calls.length}`)
    expect(events).toHaveLength(calls.length)
    for (const event of events) expect(event).toMatchObject({ accepted: true, analysed: true })
  })

  it('inside the context is captured as it is', async () => {
    const calls = ['library', 'traits', 'groupId', 'page', 'campaign'].flatMap((field) =>
      odd.map((value) => ({ type: 'identify', userId: 'odd', context: { [field]: value } })),
    )
    const { id } = await taken(
      engine,
      '/v1/batch',
      JSON.stringify({ batch: calls, context: { library: 7, groupId: [] } }),
    )
    const events = await engine.events(`id:>${id - calls.length}`)
    expect(events.map(({ context }) => context)).toEqual(
      calls.map(({ context }) => ({ library: 7, groupId: [], ...context })),
    )
  })

  it('is said to be wrong', async () => {
    const rulesOf = async (call: JsonObject) =>
      (await taken(engine, '/v1/track', JSON.stringify({ userId: 'odd', ...call }))).problems.map(
        ({ rule }) => rule,
      )
    expect(await rulesOf({ event: 7, properties: { a: 1 } })).toContain('naming/missing')
    expect(await rulesOf({ event: 'Order Sent', properties: 'x' })).toContain('metadata/not-object')
    expect(await rulesOf({ event: 'Order Sent', properties: [1] })).toContain('metadata/not-object')
    expect(await rulesOf({ event: 'Order Sent', userId: {} })).toContain('identity/missing')
  })

  it('around the calls of a batch is no reason to refuse them', async () => {
    for (const value of odd) {
      const call = { type: 'track', userId: 'odd', event: 'Order Sent' }
      const envelope = { context: value, integrations: value, sentAt: value, writeKey: value }
      expect(
        (await taken(engine, '/v1/batch', JSON.stringify({ ...envelope, batch: [call] }))).accepted,
      ).toBe(true)
    }
  })

  it('is only a key when it is called like a part of the language', async () => {
    const call =
      '{"type":"track","userId":"odd","event":"Order Sent","__proto__":{"userId":"polluted","admin":true},' +
      '"constructor":{"prototype":{"polluted":true}},' +
      '"properties":{"__proto__":{"total":1},"constructor":1,"toString":"x","hasOwnProperty":null,"valueOf":2}}'
    const event = await taken(
      engine,
      '/v1/batch',
      `{"__proto__":{"sentAt":"x"},"context":{"__proto__":{"ip":"x"}},"batch":[${call}]}`,
    )
    expect(event).toMatchObject({ payload: call, userId: 'odd', accepted: true })
    expect(event.properties).toMatchObject({
      constructor: 1,
      toString: 'x',
      hasOwnProperty: null,
      valueOf: 2,
    })
    expect(({} as JsonObject)['polluted']).toBeUndefined()
    expect(await engine.events(`id:${event.id} properties.constructor:1 properties.valueOf:2`)).toHaveLength(
      1,
    )
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'null', '\u0000', '\ud800']
    for (const name of names) {
      await taken(
        engine,
        '/v1/track',
        JSON.stringify({ event: name, userId: name, messageId: name, groupId: name }),
      )
    }
    expect(await engine.api(`/catalog/${encodeURIComponent('__proto__')}`)).toMatchObject({ events: 1 })
    expect(await engine.api(`/users/${encodeURIComponent('constructor')}`)).toMatchObject({ events: 1 })
  })
})

describe('any JSON at all', () => {
  it('is kept letter by letter, analysed, and belongs to its user', async () => {
    const values = fc.sample(
      fc.record({
        event: fc.oneof(fc.string({ unit: 'binary' }), fc.jsonValue()),
        properties: fc.jsonValue({ maxDepth: 5, stringUnit: 'binary' }),
        traits: fc.jsonValue(),
        context: fc.jsonValue(),
        messageId: fc.jsonValue(),
        groupId: fc.jsonValue(),
        timestamp: fc.jsonValue(),
      }),
      { numRuns: 400, seed: 20260301 },
    )
    const types = ['track', 'identify', 'page', 'screen', 'group', 'alias']
    const calls = values.map((value, index) =>
      JSON.stringify(
        { type: types[index % types.length], userId: 'any', ...value },
        null,
        index % 3 === 0 ? '\t' : 0,
      ),
    )
    const { id } = await taken(engine, '/v1/batch', `{ "batch" : [\n ${calls.join(' ,\r\n')}\n] }`)
    const events = await engine.events(`id:>${id - calls.length}`)
    expect(events).toHaveLength(calls.length)
    for (const [index, event] of events.entries()) {
      expect(event).toMatchObject({ accepted: true, analysed: true, person: { id: 'any' } })
      expect((await engine.event(event.id)).payload).toBe(calls[index])
    }
  })
})
