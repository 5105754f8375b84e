import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Target } from '../../electron/engine/replay/exchange.ts'
import type { OutgoingCall } from '../../electron/engine/replay/call-page.ts'
import { Rate } from '../../electron/engine/replay/rate.ts'
import { DestinationTrouble, Sender, usualPatience } from '../../electron/engine/replay/send.ts'
import type { Patience } from '../../electron/engine/replay/send.ts'
import type { Settlement } from '../../electron/engine/store/replay-writes.ts'
import { InstantClock } from '../unit/replay/instant-clock.ts'
import { startSink } from '../unit/replay/sink.ts'
import type { Sink } from '../unit/replay/sink.ts'

const key = 'write-key-of-the-destination'
let sink: Sink
let clock: InstantClock
let sender: Sender
let settlements: Settlement[]

beforeEach(async () => {
  sink = await startSink()
  clock = new InstantClock()
  settlements = []
  use()
})

afterEach(async () => {
  await sender.close()
  await sink.close()
})

function use(target: Partial<Target> = {}, patience: Partial<Patience> = {}): void {
  sender = new Sender({
    target: {
      url: sink.url,
      headers: { authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` },
      bodyWriteKey: null,
      mode: 'batch',
      concurrency: 2,
      secrets: [key],
      ...target,
    },
    rate: new Rate(1_000_000, clock),
    clock,
    random: () => 0.5,
    patience: { ...usualPatience, ...patience },
  })
}

function calls(count: number, text = ''): OutgoingCall[] {
  return Array.from({ length: count }, (_, index) => ({
    eventId: index + 1,
    type: 'track',
    open: Buffer.from(
      `{"type":"track","event":"E","userId":"u","messageId":"m${index + 1}","properties":{"text":"${text}"}`,
    ),
    stamp: 'sentAt',
    bytes: 100,
  }))
}

const send = (batch: readonly OutgoingCall[]): Promise<void> =>
  sender.send(batch, async (settlement) => {
    settlements.push(settlement)
  })

const ids = (outcome: Settlement['outcome']): number[] =>
  settlements.filter((settlement) => settlement.outcome === outcome).flatMap(({ eventIds }) => eventIds)

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i)

describe('a request', () => {
  it('is a batch with its moment of sending, gzipped, under the key of the destination', async () => {
    await send(calls(20, 'x'.repeat(100)))
    const [request] = sink.requests
    expect(request?.path).toBe('/v1/batch')
    expect(request?.isGzip).toBe(true)
    expect(request?.headers.authorization).toBe(`Basic ${Buffer.from(`${key}:`).toString('base64')}`)
    expect(request?.body['sentAt']).toBe('2026-03-01T12:00:00.000Z')
    expect(request?.calls[0]?.['sentAt']).toBe('2026-03-01T12:00:00.000Z')
    expect(request?.body['writeKey']).toBeUndefined()
    expect(settlements).toEqual([
      { eventIds: range(1, 20), outcome: 'sent', status: 200, attempts: 1, message: null },
    ])
  })

  it('is a single call on the path of its type, with the key in the body where no header carries it', async () => {
    use({ mode: 'single', headers: {}, bodyWriteKey: key })
    await send(calls(1))
    expect(sink.requests[0]?.path).toBe('/v1/track')
    expect(sink.requests[0]?.body).toMatchObject({ writeKey: key, event: 'E', messageId: 'm1' })
  })

  it('goes plain to a destination that does not know gzip', async () => {
    sink.behave(({ isGzip }) => (isGzip ? { status: 415 } : {}))
    await send(calls(50))
    await send(calls(50))
    expect(sink.requests.map(({ isGzip }) => isGzip)).toEqual([true, false, false])
    expect(ids('sent')).toHaveLength(100)
  })
})

describe('a passing failure', () => {
  it('is tried again after a growing wait, under the same message ids', async () => {
    sink.behave((_, number) => (number <= 3 ? { status: 503 } : {}))
    await send(calls(2))
    expect(clock.sleeps).toEqual([375, 750, 1500])
    expect(settlements).toMatchObject([{ outcome: 'sent', attempts: 4 }])
    expect(new Set(sink.requests.map((request) => request.calls[0]?.['messageId']))).toEqual(new Set(['m1']))
  })

  it('is given the time that Retry-After asks for', async () => {
    sink.behave((_, number) => (number === 1 ? { status: 429, headers: { 'retry-after': '30' } } : {}))
    const startedAt = clock.now()
    await send(calls(2))
    expect(clock.now() - startedAt).toBe(30_000)
    expect(ids('sent')).toEqual([1, 2])
  })

  it('of too many requests holds back the other lanes, too', async () => {
    sink.behave((_, number) => (number === 1 ? { status: 429, headers: { 'retry-after': '30' } } : {}))
    const startedAt = clock.now()
    await Promise.all([send(calls(1)), send(calls(1)).then(() => send(calls(1)))])
    expect(clock.now() - startedAt).toBeGreaterThanOrEqual(30_000)
    expect(ids('sent')).toHaveLength(3)
  })

  it.each([['reset'], ['hang']] as const)('of the connection (%s) is tried again', async (instead) => {
    use({}, { timeoutMs: 200 })
    sink.behave((_, number) => (number === 1 ? { instead } : {}))
    await send(calls(2))
    expect(settlements).toMatchObject([{ outcome: 'sent', attempts: 2 }])
  })
})

describe('a batch with a culprit', () => {
  it('is halved until the culprit stands alone', async () => {
    sink.behave(({ calls: got }) =>
      got.some((call) => call['messageId'] === 'm77') ? { status: 400, body: '{"message":"bad m77"}' } : {},
    )
    await send(calls(100))
    expect(ids('failed')).toEqual([77])
    expect(settlements.find(({ outcome }) => outcome === 'failed')).toMatchObject({
      status: 400,
      message: '{"message":"bad m77"}',
    })
    expect(ids('sent')).toEqual(range(1, 100).filter((id) => id !== 77))
    expect(sink.accepted.map((call) => call['messageId'])).toEqual(ids('sent').map((id) => `m${id}`))
    expect(sink.requests.length).toBeLessThan(20)
  })

  it('is not what a destination that can’t read gzip makes of every batch', async () => {
    sink.behave(({ isGzip }) => (isGzip ? { status: 400, body: 'this is not JSON' } : {}))
    await send(calls(100))
    await send(calls(100))
    expect(settlements).toMatchObject([{ outcome: 'sent' }, { outcome: 'sent' }])
    expect(sink.requests.map(({ isGzip }) => isGzip)).toEqual([true, false, false])
  })

  it('is halved where it is too large for the destination', async () => {
    sink.behave(({ calls: got }) => (got.length > 10 ? { status: 413 } : {}))
    await send(calls(100))
    expect(ids('sent')).toEqual(range(1, 100))
  })

  it('fails for good where the answer is about all of it', async () => {
    sink.behave(() => ({ status: 409, body: `no ${key}` }))
    await send(calls(3))
    expect(settlements).toEqual([
      { eventIds: [1, 2, 3], outcome: 'failed', status: 409, attempts: 1, message: 'no ***' },
    ])
  })
})

describe('a destination that can’t be served', () => {
  const trouble = async (count = 5): Promise<string> => {
    const error: unknown = await send(calls(count)).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(DestinationTrouble)
    return error instanceof Error ? error.message : ''
  }

  it('is given up after ten attempts, and nothing has failed', async () => {
    sink.behave(() => ({ status: 500, body: 'out of order' }))
    expect(await trouble()).toMatch(/answered 500 \(out of order\)\. It was tried 10 times/)
    expect(sink.requests).toHaveLength(10)
    expect(settlements).toEqual([])
  })

  it('is not asked twice where the key is wrong, and the key is not shown', async () => {
    sink.behave(() => ({ status: 401, body: `{"message":"unknown key ${key}"}` }))
    const message = await trouble()
    expect(message).toMatch(/answered 401 .*unknown key \*\*\*.*Check the write key/)
    expect(message).not.toContain(key)
    expect(sink.requests).toHaveLength(1)
    expect(settlements).toEqual([])
  })

  it('does not get its secret carried to where it redirects', async () => {
    const elsewhere = await startSink()
    sink.behave(() => ({ status: 307, headers: { location: `${elsewhere.url}/batch` } }))
    expect(await trouble()).toContain(`redirects to ${elsewhere.url}/batch`)
    expect(elsewhere.requests).toEqual([])
    await elsewhere.close()
  })

  it('is left alone where it asks to wait for hours', async () => {
    sink.behave(() => ({ status: 429, headers: { 'retry-after': '7200' } }))
    expect(await trouble()).toContain('asks to wait until 2026-03-01T14:00:00.000Z')
  })

  it('does not get a hundred thousand events to refuse one by one', async () => {
    sink.behave(() => ({ status: 400, body: 'no' }))
    expect(await trouble(1000)).toContain('refused the first 100 events')
    expect(ids('failed')).toEqual(range(1, 100))
  })

  it('is named when nobody listens there', async () => {
    await sink.close()
    expect(await trouble()).toMatch(/could not be reached .*ECONNREFUSED/)
  })
})

describe('a sender that is stopped', () => {
  it('lets what is under way come to its end and starts nothing more', async () => {
    sink.behave(() => {
      sender.stop()
      return {}
    })
    await send(calls(2))
    await send(calls(2))
    expect(sink.requests).toHaveLength(1)
    expect(ids('sent')).toEqual([1, 2])
  })

  it('does not try again', async () => {
    sink.behave(() => {
      sender.stop()
      return { status: 503 }
    })
    await send(calls(2))
    expect(sink.requests).toHaveLength(1)
    expect(settlements).toEqual([])
  })
})
