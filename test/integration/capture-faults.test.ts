import { Agent, request } from 'node:http'
import { Analytics } from '@segment/analytics-node'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Fault } from '../../shared/contract/settings.ts'
import { RunningEngine } from './running-engine.ts'

let engine: RunningEngine

beforeEach(async () => {
  engine = await RunningEngine.start()
})

afterEach(() => engine.close())

const setFaults = (...faults: Partial<Fault>[]): Promise<unknown> =>
  engine.api('/settings', 'PATCH', { faults })

const track = (messageId: string, source = 'web') =>
  engine.post('/v1/track', { event: 'Invoice Sent', userId: 'user_42', messageId }, [['X-Write-Key', source]])

const status = (code: 400 | 401 | 413 | 429 | 500 | 503, retryAfterSeconds: number | null = null) =>
  ({ answer: { kind: 'status', status: code, retryAfterSeconds } }) as const

describe('a fault that is on', () => {
  it.each([400, 401, 413, 429, 500, 503] as const)(
    'answers %i as a real service would, and the call is kept all the same',
    async (code) => {
      await setFaults(status(code))
      const answer = await track('m1')
      expect(answer.status).toBe(code)
      expect(answer.headers).toMatchObject({ 'content-type': 'application/json' })
      expect(answer.headers['retry-after']).toBeUndefined()
      const body = JSON.parse(answer.text) as Record<string, unknown>
      expect(body).toMatchObject({ success: false, code: 'FAULT_ON_PURPOSE', error: body['message'] })
      expect(body['message']).toContain(`answers ${code}`)
      const event = await engine.latest()
      expect(event).toMatchObject({ event: 'Invoice Sent', accepted: true, fault: String(code) })
      expect(event.request.answer).toEqual({ status: code, fault: status(code).answer })
    },
  )

  it('tells when to come again, where it is to', async () => {
    await setFaults(status(429, 5))
    expect((await track('m1')).headers).toMatchObject({ 'retry-after': '5', 'x-ratelimit-reset': '5' })
    await setFaults(status(503, 5))
    const { headers } = await track('m2')
    expect(headers['retry-after']).toBe('5')
    expect(headers['x-ratelimit-reset']).toBeUndefined()
  })

  it('may only be slow', async () => {
    await setFaults({ answer: { kind: 'slow', delayMs: 300 } })
    const begunAt = performance.now()
    const answer = await track('m1')
    expect(performance.now() - begunAt).toBeGreaterThan(290)
    expect(answer).toMatchObject({ status: 200, text: '{"success":true}' })
    expect(await engine.latest()).toMatchObject({ fault: 'slow', request: { answer: { status: 200 } } })
  })

  it('resets the connection, and what was sent is kept', async () => {
    await setFaults({ answer: { kind: 'reset' } })
    await expect(track('m1')).rejects.toMatchObject({ code: 'ECONNRESET' })
    expect(await engine.latest()).toMatchObject({ fault: 'reset', request: { answer: { status: null } } })
  })

  it('hangs until the sender gives up, while others are answered at once', async () => {
    await setFaults({ source: 'web', answer: { kind: 'hang' } })
    const sender = request({ host: '127.0.0.1', port: engine.capturePort, method: 'POST', path: '/v1/track' })
    const answered = vi.fn()
    sender.on('response', answered).on('error', () => undefined)
    sender.setHeader('X-Write-Key', 'web')
    sender.end('{"event":"Invoice Sent","userId":"user_42"}')
    await vi.waitFor(async () => expect((await engine.latest()).fault).toBe('hang'))
    for (let one = 0; one < 20; one += 1) expect((await track(`m${one}`, 'ios')).status).toBe(200)
    expect(answered).not.toHaveBeenCalled()
    sender.destroy()
  })

  it('does not keep the engine from stopping, however many hang', async () => {
    await setFaults({ answer: { kind: 'hang' } })
    const agent = new Agent({ keepAlive: true })
    const given = Array.from(
      { length: 20 },
      () =>
        new Promise<string>((resolve) => {
          request({ agent, host: '127.0.0.1', port: engine.capturePort, method: 'POST', path: '/v1/track' })
            .on('response', () => resolve('an answer'))
            .on('error', ({ message }) => resolve(message))
            .end('{"event":"Invoice Sent","userId":"user_42"}')
        }),
    )
    await vi.waitFor(async () => expect(await engine.events('fault:hang')).toHaveLength(20))
    const begunAt = performance.now()
    let stoppedAt = Infinity
    await engine.restart(() => (stoppedAt = performance.now()))
    // What is still under way when the engine stops has two seconds; these have nothing under way.
    expect(stoppedAt - begunAt).toBeLessThan(1_900)
    expect(await Promise.all(given)).toEqual(Array(20).fill('socket hang up'))
    agent.destroy()
  })

  it('is told from the truth by a query', async () => {
    await setFaults(
      { source: 'ios', ...status(503) },
      { source: 'android', answer: { kind: 'slow', delayMs: 1 } },
    )
    for (const source of ['web', 'ios', 'android']) await track(source, source)
    const found = async (query: string) => (await engine.events(query)).map(({ source }) => source)
    expect(await found('has:fault')).toEqual(['ios', 'android'])
    expect(await found('missing:fault')).toEqual(['web'])
    expect(await found('fault:503')).toEqual(['ios'])
    expect(await found('-fault:slow')).toEqual(['web', 'ios'])
  })

  it('leaves a call alone that is refused for its own sake', async () => {
    await setFaults(status(503))
    expect((await engine.post('/v1/track', '{"event":')).status).toBe(400)
    expect(await engine.latest()).toMatchObject({
      fault: null,
      rejection: { code: 'BODY_NOT_JSON' },
      request: { answer: { status: 400, fault: null } },
    })
  })

  it('meets journy.io’s paths and pixels, too, each in its own form', async () => {
    await setFaults(status(503))
    const journy = await engine.post('/events', { identification: {}, name: 'Invoice Sent' }, [
      ['x-api-key', 'key'],
    ])
    const body = JSON.parse(journy.text) as Record<string, unknown>
    expect([journy.status, Object.keys(body)]).toEqual([503, expect.arrayContaining(['meta', 'message'])])
    const pixel = '/v1/pixel/track?writeKey=web&userId=user_42&event=Invoice%20Sent'
    expect(await engine.send({ method: 'GET', path: pixel })).toMatchObject({ status: 503 })
    expect(await engine.latest()).toMatchObject({ fault: '503', request: { answer: { status: 503 } } })
    await setFaults()
    expect(await engine.send({ method: 'GET', path: '/v1/pixel/track?data=%7B' })).toMatchObject({
      status: 200,
    })
    expect(await engine.latest()).toMatchObject({ accepted: false, request: { answer: { status: 200 } } })
  })

  it('ends as soon as it is switched off, and comes back with the engine while it is on', async () => {
    await setFaults(status(500))
    expect((await track('m1')).status).toBe(500)
    await engine.restart()
    expect((await track('m2')).status).toBe(500)
    await setFaults({ on: false, ...status(500) })
    expect((await track('m3')).status).toBe(200)
  })
})

describe('a retry after a fault', () => {
  it('is the delivery of its call, not a second one', async () => {
    await setFaults({ ...status(503), when: { kind: 'firstAttempts', attempts: 2 } })
    const answers = []
    for (let attempt = 0; attempt < 4; attempt += 1) answers.push((await track('m1')).status)
    expect(answers).toEqual([503, 503, 200, 200])
    const events = await engine.events('message:m1')
    const duplicates = events.map(({ problems }) =>
      problems.some(({ rule }) => rule === 'delivery/duplicate'),
    )
    expect(duplicates).toEqual([false, false, false, true])
    const { attempts } = await engine.event(2)
    expect(attempts.map(({ eventId, status: heard, fault }) => [eventId, heard, fault])).toEqual([
      [1, 503, '503'],
      [2, 503, '503'],
      [3, 200, null],
      [4, 200, null],
    ])
  })

  it('comes from the real Node SDK by itself, and the SDK takes the call for delivered', async () => {
    await setFaults({ ...status(503), when: { kind: 'firstAttempts', attempts: 2 } })
    const sdk = realSdk()
    sdk.analytics.track({ userId: 'user_42', event: 'Invoice Sent' })
    await sdk.analytics.closeAndFlush({ timeout: 20_000 })
    expect(sdk.failures).toEqual([])
    expect(sdk.delivered).toEqual(['Invoice Sent'])
    expect(sdk.heard).toEqual([503, 503, 200])
    const { attempts, problems } = await engine.latest()
    expect(attempts.map(({ status: heard, retryCount }) => [heard, retryCount])).toEqual([
      [503, null],
      [503, '1'],
      [200, '2'],
    ])
    expect(problems.filter(({ rule }) => rule === 'delivery/duplicate')).toEqual([])
  })

  it('waits for as long as Retry-After asks the real Node SDK to', async () => {
    await setFaults({ ...status(429, 2), when: { kind: 'firstRequests', requests: 1 } })
    const sdk = realSdk()
    sdk.analytics.track({ userId: 'user_42', event: 'Invoice Sent' })
    await sdk.analytics.closeAndFlush({ timeout: 20_000 })
    expect(sdk.failures).toEqual([])
    expect(sdk.heard).toEqual([429, 200])
    const [first, second] = (await engine.latest()).attempts
    expect(Date.parse(second?.receivedAt ?? '') - Date.parse(first?.receivedAt ?? '')).toBeGreaterThanOrEqual(
      1_990,
    )
  })

  it('does not come from the real Node SDK where the answer says that it is of no use', async () => {
    await setFaults(status(400))
    const sdk = realSdk()
    sdk.analytics.track({ userId: 'user_42', event: 'Invoice Sent' })
    await sdk.analytics.closeAndFlush({ timeout: 20_000 })
    expect(sdk.heard).toEqual([400])
    expect(sdk.delivered).toEqual([])
    expect(sdk.failures).toHaveLength(1)
    expect((await engine.latest()).attempts).toHaveLength(1)
  })
})

/** The SDK as a server uses it, and all that it says of itself. */
function realSdk() {
  const analytics = new Analytics({ writeKey: 'checkout-service', host: engine.capture, flushAt: 1 })
  const failures: unknown[] = []
  const delivered: string[] = []
  const heard: number[] = []
  analytics.on('error', (error) => failures.push(error))
  analytics.on('track', ({ event }) => delivered.push(event.event ?? ''))
  analytics.on('http_response', ({ status: code }) => heard.push(Number(code)))
  return { analytics, failures, delivered, heard }
}
