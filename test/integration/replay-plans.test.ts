import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { replayOptions } from '../../shared/contract/schemas.ts'
import type { Destination } from '../../shared/contract/schemas.ts'
import { startSink } from '../unit/replay/sink.ts'
import type { Sink } from '../unit/replay/sink.ts'
import type { Service } from '../unit/replay/workshop.ts'
import { Workshop, destination, request, settled, story } from '../unit/replay/workshop.ts'

let sink: Sink
let workshop: Workshop
let service: Service
let to: Destination

beforeEach(async () => {
  sink = await startSink()
  workshop = new Workshop()
  service = workshop.serve()
  to = await service.destinations.create(destination(sink.url))
})

afterEach(async () => {
  await service.replays.stop()
  await sink.close()
})

const plan = async (change: Parameters<typeof request>[1] = {}) =>
  (await service.replays.create(request(to, { start: false, ...change }))).plan

describe('a plan', () => {
  it('says what would be sent, by name, type and user, and sends nothing', async () => {
    workshop.capture([
      ...story(1200, 3),
      { type: 'identify', userId: 'user-0', messageId: 'i', traits: { plan: 'pro' } },
      { type: 'page', name: 'Pricing', anonymousId: 'anon', messageId: 'p' },
    ])
    expect(await plan()).toMatchObject({
      selected: 1202,
      events: 1202,
      users: 4,
      upTo: 1202,
      seconds: 1202 / 100_000,
      alreadySent: 0,
      leftOut: [],
      byName: [
        { name: 'Step Taken', events: 1200 },
        { name: 'identify', events: 1 },
        { name: 'Pricing', events: 1 },
      ],
      byType: [
        { type: 'track', events: 1200 },
        { type: 'identify', events: 1 },
        { type: 'page', events: 1 },
      ],
    })
    expect(sink.requests).toEqual([])
    expect(await service.replays.list()).toEqual([])
  })

  it('says how many bytes and requests it takes, as they come to pass', async () => {
    workshop.capture(story(3000, 30))
    const { plan: made, replay } = await service.replays.create(request(to))
    await settled(service.replays, replay?.id ?? 0)
    expect(sink.requests).toHaveLength(made.requests)
    const bytes = sink.accepted.reduce((sum, call) => sum + Buffer.byteLength(JSON.stringify(call)), 0)
    expect(made.bytes).toBe(bytes)
  })

  it('says what would be refused and why, and a job leaves just that out', async () => {
    workshop.capture([
      ...story(2, 1),
      { type: 'track', userId: 'u', messageId: 'no-name' },
      { type: 'track', event: 'E', messageId: 'nobody' },
      {
        type: 'track',
        event: 'E',
        userId: 'u',
        messageId: 'large',
        properties: { text: 'x'.repeat(33_000) },
      },
      { type: 'unheard of', userId: 'u' },
    ])
    const { plan: made, replay } = await service.replays.create(request(to))
    expect(made).toMatchObject({ selected: 6, events: 2 })
    expect(made.leftOut).toEqual(
      expect.arrayContaining([
        { reason: 'a track call without an event name', events: 1, examples: [3] },
        { reason: 'neither userId nor anonymousId', events: 1, examples: [4] },
        { reason: 'over 32 KB', events: 1, examples: [5] },
        { reason: 'rejected on arrival, so there is no call to send', events: 1, examples: [6] },
      ]),
    )
    const id = replay?.id ?? 0
    expect(await settled(service.replays, id)).toMatchObject({ total: 6, sent: 2, skipped: 4 })
    const { outcomes } = await service.replays.outcomes({ id, limit: 10, outcome: 'skipped' })
    expect(outcomes.map(({ eventId }) => eventId)).toEqual([3, 4, 5, 6])
  })

  it('shows the first payloads before and after, with the times of the whole selection', async () => {
    workshop.capture(story(8, 1))
    const { samples } = await plan({ preset: 'live' })
    expect(samples.map(({ eventId }) => eventId)).toEqual([1, 2, 3, 4, 5])
    const [first] = samples
    expect(JSON.parse(first?.before ?? '')).toMatchObject({ messageId: 'm0' })
    expect(JSON.parse(first?.after ?? '')).toMatchObject({
      timestamp: new Date(service.clock.now() - 7).toISOString(),
      context: { trackside: { replayOf: 'm0' } },
    })
  })

  it('counts what the destination has acknowledged before, and leaves it out when asked to', async () => {
    workshop.capture(story(10, 2))
    const first = await service.replays.create(request(to, { query: 'user:user-0' }))
    await settled(service.replays, first.replay?.id ?? 0)
    const again = await plan()
    expect(again).toMatchObject({ events: 10, alreadySent: 5 })
    expect(again.warnings.join()).toContain('5 of these events were acknowledged there before')
    const { plan: fresh, replay } = await service.replays.create(
      request(to, { options: replayOptions.parse({ onlyNew: true }) }),
    )
    expect(fresh).toMatchObject({ selected: 10, events: 5 })
    await settled(service.replays, replay?.id ?? 0)
    expect(new Set(sink.accepted.map((call) => call['messageId'])).size).toBe(10)
    expect(sink.accepted).toHaveLength(10)
    const other = await service.destinations.create(destination(sink.url, { name: 'Other' }))
    expect((await plan({ destinationId: other.id })).alreadySent).toBe(0)
  })

  it('takes in no more than an earlier plan has shown', async () => {
    workshop.capture(story(10, 2))
    const { upTo } = await plan()
    workshop.capture(story(10, 2))
    expect((await plan({ upTo })).selected).toBe(10)
    expect((await plan()).selected).toBe(20)
  })

  it('warns of what a person would want to know', async () => {
    workshop.capture(story(2, 1), Date.parse('2026-01-01T00:00:00.000Z'))
    const afar = await service.destinations.create(
      destination('http://events.example.com/v1', { production: true, writeKey: '', name: 'Afar' }),
    )
    const warnings = async (preset: 'historical' | 'new' | 'retry') =>
      (await plan({ destinationId: afar.id, preset })).warnings.join('\n')
    expect(await warnings('historical')).toMatch(/events\.example\.com is not this machine/)
    expect(await warnings('historical')).toMatch(/no write key/)
    expect(await warnings('new')).toMatch(/this is production/)
    expect(await warnings('retry')).toMatch(/historical keeps their times/)
    expect((await plan({ preset: 'live' })).warnings).toEqual([])
  })
})

describe('starting a replay', () => {
  it('to production takes its host name', async () => {
    workshop.capture(story(2, 1))
    const production = await service.destinations.create(
      destination(sink.url, { production: true, name: 'Real' }),
    )
    const start = (confirm?: string) => service.replays.create(request(production, { confirm }))
    await expect(start()).rejects.toMatchObject({
      code: 'CONFIRMATION_NEEDED',
      data: { name: 'Real', host: production.host },
    })
    await expect(start('api.segment.io')).rejects.toMatchObject({ code: 'CONFIRMATION_NEEDED' })
    const { replay } = await start(production.host)
    expect(await settled(service.replays, replay?.id ?? 0)).toMatchObject({ state: 'done', sent: 2 })
  })

  it('does not go on to a production host that was not confirmed', async () => {
    workshop.capture(story(2, 1))
    const other = await startSink()
    const production = await service.destinations.create(destination(sink.url, { production: true }))
    sink.behave(() => ({ status: 401 }))
    const { replay } = await service.replays.create(request(production, { confirm: production.host }))
    const id = replay?.id ?? 0
    await settled(service.replays, id)
    await service.destinations.update(production.id, { url: other.url })
    await service.replays.resume(id)
    const paused = await settled(service.replays, id)
    expect(paused.state).toBe('paused')
    expect(paused.message).toContain(`${production.host} was confirmed`)
    expect(other.requests).toEqual([])
    await other.close()
  })

  it('says so when there is nothing to send, no such destination or a mistake in the query', async () => {
    await expect(service.replays.create(request(to))).rejects.toMatchObject({ code: 'REPLAY_EMPTY' })
    await expect(service.replays.create(request(to, { destinationId: 99 }))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    await expect(service.replays.create(request(to, { query: '(' }))).rejects.toMatchObject({
      code: 'QUERY_SYNTAX',
    })
    expect(workshop.database.prepare('SELECT * FROM replay').all()).toEqual([])
  })

  it('sends under another write key where one is given', async () => {
    workshop.capture(story(1, 1))
    const options = replayOptions.parse({ writeKey: 'another-key' })
    const { replay } = await service.replays.create(request(to, { options }))
    await settled(service.replays, replay?.id ?? 0)
    const { authorization } = sink.requests[0]?.headers ?? {}
    expect(authorization).toBe(`Basic ${Buffer.from('another-key:').toString('base64')}`)
    expect(workshop.database.prepare('SELECT options FROM replay').pluck().get()).not.toContain('another-key')
  })
})
