import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Pulse } from '../../shared/contract/schemas.ts'
import type { TracksideEvent } from '../../shared/event.ts'
import { openClient, serveEngine } from './served-engine.ts'
import type { ServedEngine } from './served-engine.ts'
import { serverSentEvents } from './server-sent-events.ts'
import type { ServerSentEvent } from './server-sent-events.ts'

let engine: ServedEngine
/** The last event id before each test: numbers of events go on, though the log is emptied. */
let base: number
let abort: AbortController

beforeAll(async () => {
  engine = await serveEngine()
})

beforeEach(async () => {
  await engine.api('DELETE', '/events')
  base = (await engine.analysed()).lastEventId
  abort = new AbortController()
})

afterEach(() => abort.abort())

afterAll(() => engine.stop())

const track = (event: string, index = 0) => ({
  type: 'track',
  event,
  userId: `user-${index % 5}`,
  messageId: `${event}-${index}`,
  properties: { index },
})

async function send(event: string, index: number): Promise<void> {
  const captured = await fetch(`${engine.address.capture}/v1/track`, {
    method: 'POST',
    body: JSON.stringify({ writeKey: 'web', ...track(event, index) }),
  })
  expect(captured.status).toBe(200)
}

describe('waiting', () => {
  interface Waited {
    ok: boolean
    events: TracksideEvent[]
  }
  const wait = (input: object): Promise<Waited> => engine.api('POST', '/wait', input)

  it('ends at once when what is there is enough', async () => {
    await engine.capture([track('Invoice Sent', 1), track('Invoice Sent', 2), track('Invoice Paid', 3)])
    const { ok, events } = await wait({ query: 'event:"Invoice Sent"', count: 2, timeoutMs: 0 })
    expect(ok).toBe(true)
    expect(events.map(({ id }) => id - base)).toEqual([1, 2])
  })

  it('holds as soon as enough has arrived, also of what only analysis knows', async () => {
    const query = 'event:invoice_sent has:problem'
    expect(await wait({ query, timeoutMs: 0 })).toEqual({ ok: false, events: [] })
    const waiting = wait({ query, count: 3, timeoutMs: 30_000 })
    for (let index = 1; index <= 3; index += 1) {
      await send('Invoice Sent', index)
      await send('invoice_sent', index)
    }
    const { ok, events } = await waiting
    expect(ok).toBe(true)
    expect(events.map(({ messageId }) => messageId)).toEqual([
      'invoice_sent-1',
      'invoice_sent-2',
      'invoice_sent-3',
    ])
  })

  it('says what did arrive when time is over', async () => {
    await send('Invoice Sent', 1)
    const { ok, events } = await wait({ query: 'event:"Invoice Sent"', count: 2, timeoutMs: 50 })
    expect(ok).toBe(false)
    expect(events.map(({ id }) => id - base)).toEqual([1])
  })

  it('for nothing holds when nothing came, and fails the moment that something does', async () => {
    await send('Invoice Sent', 1)
    expect(await wait({ query: 'event:"Invoice Paid"', absent: true, timeoutMs: 50 })).toEqual({
      ok: true,
      events: [],
    })
    expect(await wait({ query: 'event:"Invoice Sent"', absent: true })).toMatchObject({
      ok: false,
      events: [{ event: 'Invoice Sent' }],
    })
    const startedAt = performance.now()
    const waiting = wait({ query: 'event:"Invoice Paid"', absent: true, timeoutMs: 30_000 })
    await send('Invoice Paid', 2)
    expect(await waiting).toMatchObject({ ok: false, events: [{ event: 'Invoice Paid' }] })
    expect(performance.now() - startedAt).toBeLessThan(20_000)
  })

  it('for nothing is not fooled by analysis that is behind', async () => {
    const calls = Array.from({ length: 2000 }, (_, index) => track('Page Read', index))
    for (let start = 0; start < calls.length; start += 500) {
      const captured = await fetch(`${engine.address.capture}/v1/batch`, {
        method: 'POST',
        body: JSON.stringify({ writeKey: 'web', batch: calls.slice(start, start + 500) }),
      })
      expect(captured.status).toBe(200)
    }
    await send('Invoice Sent', 1)
    expect(await wait({ query: 'event:"Invoice Sent"', absent: true, timeoutMs: 0 })).toMatchObject({
      ok: false,
    })
  })

  it('tells a mistake in the query at once', async () => {
    expect(await engine.refusal('POST', '/wait', { query: 'evnt:x' })).toMatchObject({
      status: 400,
      code: 'QUERY_SYNTAX',
      data: { from: 0, to: 4, expected: ['event:'] },
    })
    expect(await engine.refusal('POST', '/wait', { query: '', count: 0 })).toMatchObject({
      status: 400,
      code: 'INPUT_INVALID',
    })
  })
})

describe('the stream', () => {
  const open = (path = '', lastEventId?: string): Promise<Response> =>
    engine.fetch(`/api/v1/stream${path}`, {
      signal: abort.signal,
      ...(lastEventId === undefined ? {} : { headers: { 'last-event-id': lastEventId } }),
    })

  /** The next events of a stream, then leaves it. */
  async function take(answer: Response, count: number): Promise<ServerSentEvent[]> {
    const taken: ServerSentEvent[] = []
    for await (const event of serverSentEvents(answer)) {
      taken.push(event)
      if (taken.length === count) break
    }
    return taken
  }

  it('brings what arrives, analysed, as server-sent events with ids', async () => {
    await send('Invoice Sent', 0)
    const answer = await open()
    expect(answer.headers.get('content-type')).toContain('text/event-stream')
    const taking = take(answer, 2)
    await send('invoice_sent', 1)
    await send('Invoice Paid', 2)
    const taken = await taking
    expect(taken.map(({ id, data }) => [Number(id) - base, data.id - base, data.event])).toEqual([
      [2, 2, 'invoice_sent'],
      [3, 3, 'Invoice Paid'],
    ])
    expect(taken[0]?.data).toMatchObject({ analysed: true, person: { id: 'user-1' } })
    expect(taken[0]?.data.problems).not.toEqual([])
  })

  it('brings only what the query asks for', async () => {
    const taking = take(await open(`?after=${base}&query=${encodeURIComponent('event:"Invoice Paid"')}`), 2)
    for (let index = 0; index < 3; index += 1) {
      await send('Invoice Sent', index)
      await send('Invoice Paid', index)
    }
    expect((await taking).map(({ id }) => Number(id) - base)).toEqual([2, 4])
  })

  it('leaves out nothing and brings nothing twice to a listener who comes and goes', async () => {
    const total = 1500
    const calls = Array.from({ length: total }, (_, index) => track('Page Read', index))
    const sending = (async () => {
      for (let start = 0; start < total;) {
        const end = Math.min(total, start + 1 + ((start * 7) % 40))
        const captured = await fetch(`${engine.address.capture}/v1/batch`, {
          method: 'POST',
          body: JSON.stringify({ writeKey: 'web', batch: calls.slice(start, end) }),
        })
        expect(captured.status).toBe(200)
        start = end
      }
    })()
    const seen: number[] = []
    for (let visit = 1; seen.length < total; visit += 1) {
      const count = Math.min(total - seen.length, (visit * 37) % 211)
      const taken = await take(await open('', String(seen.at(-1) ?? base)), Math.max(1, count))
      seen.push(...taken.map(({ id }) => Number(id)))
    }
    await sending
    expect(seen).toEqual(Array.from({ length: total }, (_, index) => base + index + 1))
  })

  it('goes on by Last-Event-ID rather than by where it was told to begin', async () => {
    for (let index = 0; index < 4; index += 1) await send('Page Read', index)
    const next = async (answer: Promise<Response>): Promise<number[]> =>
      (await take(await answer, 1)).map(({ id }) => Number(id) - base)
    expect(await next(open(`?after=${base}`, String(base + 3)))).toEqual([4])
    expect(await next(open(`?after=${base + 1}`, 'nonsense'))).toEqual([2])
  })

  it('survives that events are deleted and analysed anew', async () => {
    for (let index = 0; index < 4; index += 1) await send('Page Read', index)
    const taking = take(await open(), 2)
    await engine.api('DELETE', `/events?query=id:${base + 2}`)
    await engine.api('POST', '/rebuild')
    await send('Page Read', 5)
    await engine.api('DELETE', '/events')
    await send('Invoice Sent', 6)
    await send('Invoice Paid', 7)
    const taken = (await taking).map(({ id }) => Number(id))
    expect(taken.every((id) => id > base + 4)).toBe(true)
    expect(new Set(taken).size).toBe(2)
  })

  it('tells a mistake in the query before it begins', async () => {
    expect(await engine.refusal('GET', '/stream?query=evnt:x')).toMatchObject({
      status: 400,
      code: 'QUERY_SYNTAX',
      data: { query: 'evnt:x', from: 0, to: 4 },
    })
    const { client, socket } = await openClient(engine.address)
    await expect(client.events.stream({ query: '(' })).rejects.toMatchObject({ code: 'QUERY_SYNTAX' })
    socket.close()
  })

  it('of one who does not read holds up neither capture nor the others', async () => {
    const lazy = httpRequest(`${engine.address.app}/api/v1/stream?after=${base}`, {
      headers: { authorization: `Bearer ${engine.address.token}` },
    }).end()
    const [answer] = (await once(lazy, 'response')) as [IncomingMessage]
    answer.pause()
    const padding = 'x'.repeat(20_000)
    const taking = take(await open(`?after=${base}`), 1000)
    for (let start = 0; start < 1000; start += 50) {
      await engine.capture(
        Array.from({ length: 50 }, (_, index) => ({
          ...track('Page Read', start + index),
          context: { padding },
        })),
      )
    }
    expect((await taking).map(({ id }) => Number(id) - base)).toEqual(
      Array.from({ length: 1000 }, (_, index) => index + 1),
    )
    lazy.destroy()
  })

  it('ends when the engine stops, and keeps it from nothing', async () => {
    const other = await serveEngine()
    const answer = await other.fetch('/api/v1/stream')
    const { client, socket } = await openClient(other.address)
    const beats = await client.pulse()
    await beats.next()
    const reading = take(answer, 1)
    const closed = once(socket, 'close')
    const startedAt = performance.now()
    await other.stop()
    expect(performance.now() - startedAt).toBeLessThan(1500)
    const [code] = (await closed) as [number]
    expect(code).toBe(1001)
    expect(await reading).toEqual([])
  })
})

describe('the pulse', () => {
  it('says that something has moved, and where log and analysis stand', async () => {
    const { client, socket } = await openClient(engine.address)
    const beats = await client.pulse()
    const first = await beats.next()
    const { deletions } = first.value as Pulse
    expect(first.value).toMatchObject({ lastEventId: base, events: 0 })
    await engine.capture([track('Invoice Sent', 1)])
    await vi.waitFor(async () => {
      expect((await beats.next()).value).toMatchObject({
        lastEventId: base + 1,
        analysedUpTo: base + 1,
        events: 1,
      })
    })
    await engine.api('DELETE', '/events')
    await vi.waitFor(async () => {
      expect((await beats.next()).value).toMatchObject({ events: 0, deletions: deletions + 1 })
    })
    socket.close()
  })
})
