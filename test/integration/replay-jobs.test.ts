import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { replayOptions } from '../../shared/contract/schemas.ts'
import type { JsonObject } from '../../shared/event.ts'
import type { Service } from '../unit/replay/workshop.ts'
import { Workshop, destination, request, settled, story, until } from '../unit/replay/workshop.ts'
import { accept, startSink } from '../unit/replay/sink.ts'
import type { Sink } from '../unit/replay/sink.ts'

let sink: Sink
let workshop: Workshop
let service: Service

beforeEach(async () => {
  sink = await startSink()
  workshop = new Workshop()
  service = workshop.serve()
})

afterEach(async () => {
  await service.replays.stop()
  await sink.close()
})

const idsOf = (calls: readonly JsonObject[]): string[] => calls.map((call) => String(call['messageId']))

/** Whether each user's events came in their order, counting each at its first arrival. */
function orderIsKept(calls: readonly JsonObject[]): boolean {
  const seen = new Set<unknown>()
  const last = new Map<unknown, number>()
  return calls.every((call) => {
    if (seen.has(call['messageId'])) return true
    seen.add(call['messageId'])
    const { step } = call['properties'] as { step: number }
    const isNext = step === (last.get(call['userId']) ?? -1) + 1
    last.set(call['userId'], step)
    return isNext
  })
}

describe('a replay', () => {
  it('brings every event once, each user’s in their order, over several lanes', async () => {
    workshop.capture(story(6000, 37))
    const to = await service.destinations.create(destination(sink.url))
    const { replay } = await service.replays.create(request(to))
    expect(await settled(service.replays, replay?.id ?? 0)).toMatchObject({
      state: 'done',
      total: 6000,
      sent: 6000,
      failed: 0,
      statuses: [{ status: '200', events: 6000 }],
    })
    expect(new Set(idsOf(sink.accepted)).size).toBe(6000)
    expect(sink.accepted).toHaveLength(6000)
    expect(orderIsKept(sink.accepted)).toBe(true)
    expect(sink.races).toBe(0)
  })

  it('gets through a destination that fails, hangs, resets and asks for patience', async () => {
    workshop.capture(story(3000, 20))
    const to = await service.destinations.create(destination(sink.url, { mode: 'batch' }))
    let random = 1
    sink.behave(() => {
      random = (random * 48_271) % 2_147_483_647
      const dice = random % 20
      if (dice === 0) return { status: 429, headers: { 'retry-after': '2' } }
      if (dice === 1) return { status: 500 }
      if (dice === 2) return { instead: 'reset' }
      if (dice === 3) return { instead: 'hang' }
      return {}
    })
    const { replay } = await service.replays.create(request(to, { options: replayOptions.parse({}) }))
    expect(await settled(service.replays, replay?.id ?? 0)).toMatchObject({
      state: 'done',
      sent: 3000,
      failed: 0,
    })
    expect(sink.accepted).toHaveLength(3000)
    expect(orderIsKept(sink.accepted)).toBe(true)
  })

  it('keeps what a person did before signing in ahead of what they did after', async () => {
    const before = story(700, 1).map(({ userId: _userId, ...call }) => ({ ...call, anonymousId: 'anon' }))
    const noise = story(700, 50).map((call) => ({ ...call, messageId: `noise-${String(call['messageId'])}` }))
    const identify = { type: 'identify', userId: 'u', anonymousId: 'anon', messageId: 'identify', traits: {} }
    const after = story(700, 1).map((call, i) => ({ ...call, userId: 'u', messageId: `after${i}` }))
    workshop.capture([...before, ...noise, identify, ...after])
    const to = await service.destinations.create(destination(sink.url))
    sink.behave(() => ({ afterMs: Math.floor(Math.random() * 5) }))
    const { replay } = await service.replays.create(request(to))
    await settled(service.replays, replay?.id ?? 0)
    const mine = idsOf(sink.accepted).filter((id) => !id.startsWith('noise'))
    expect(mine).toEqual(idsOf([...before, identify, ...after]))
  })

  it('sends single calls where the destination takes no batches', async () => {
    workshop.capture(story(60, 7))
    const to = await service.destinations.create(destination(sink.url, { mode: 'single' }))
    const { plan, replay } = await service.replays.create(request(to))
    await settled(service.replays, replay?.id ?? 0)
    expect(plan.requests).toBe(60)
    expect(sink.requests.map(({ path }) => path)).toEqual(Array(60).fill('/v1/track'))
    expect(orderIsKept(sink.accepted)).toBe(true)
    expect(sink.races).toBe(0)
  })

  it('says how it is sent, so that it can be sent the same way again, but not under which key', async () => {
    workshop.capture(story(3, 1))
    const to = await service.destinations.create(destination(sink.url))
    const options = replayOptions.parse({ mask: ['email'], userIds: { u0: 'u9' }, writeKey: 'other-key' })
    const { replay } = await service.replays.create(request(to, { options }))
    const detail = await service.replays.get(replay?.id ?? 0)
    expect(detail).toMatchObject({
      host: new URL(sink.url).host,
      hasOtherWriteKey: true,
      options: { mask: ['email'], userIds: { u0: 'u9' }, onlyNew: false },
    })
    expect(JSON.stringify(detail)).not.toContain('other-key')
  })

  it('pauses with a clear message where the key is wrong, and goes on once it is right', async () => {
    workshop.capture(story(2000, 20))
    const to = await service.destinations.create(destination(sink.url, { writeKey: 'wrong-key' }))
    const right = `Basic ${Buffer.from('right-key:').toString('base64')}`
    sink.behave(({ headers }) =>
      headers.authorization === right ? {} : { status: 401, body: String(headers.authorization) },
    )
    const { replay } = await service.replays.create(request(to))
    const id = replay?.id ?? 0
    const paused = await settled(service.replays, id)
    expect(paused).toMatchObject({ state: 'paused', sent: 0, failed: 0 })
    expect(paused.message).toMatch(/answered 401 \(\*\*\*\)\. Check the write key/)
    await service.destinations.update(to.id, { writeKey: 'right-key' })
    await service.replays.resume(id)
    expect(await settled(service.replays, id)).toMatchObject({ state: 'done', sent: 2000, message: null })
  })

  it('can be paused, resumed and cancelled, and says what can’t be done any more', async () => {
    workshop.capture(story(300, 50))
    const to = await service.destinations.create(destination(sink.url, { mode: 'single' }))
    sink.behave(() => ({ afterMs: 5 }))
    const { replay } = await service.replays.create(request(to))
    const id = replay?.id ?? 0
    await until(
      () => service.replays.get(id),
      ({ sent }) => sent > 0,
    )
    expect(await service.replays.pause(id)).toMatchObject({ state: 'paused' })
    await expect(service.replays.pause(id)).rejects.toMatchObject({ code: 'REPLAY_STATE' })
    await expect(service.destinations.remove(to.id)).rejects.toMatchObject({ code: 'DESTINATION_IN_USE' })
    await service.replays.resume(id)
    await service.replays.pause(id)
    await service.replays.resume(id)
    expect(await settled(service.replays, id)).toMatchObject({ state: 'done', sent: 300 })
    expect(sink.accepted).toHaveLength(300)
    expect(orderIsKept(sink.accepted)).toBe(true)
    await expect(service.replays.cancel(id)).rejects.toMatchObject({ code: 'REPLAY_STATE' })
    await service.destinations.remove(to.id)
    expect(await service.replays.get(id)).toMatchObject({ destinationName: 'Sink' })
  })

  it('stops for good when it is cancelled', async () => {
    workshop.capture(story(500, 50))
    const to = await service.destinations.create(destination(sink.url, { mode: 'single' }))
    sink.behave(() => ({ afterMs: 5 }))
    const { replay } = await service.replays.create(request(to))
    const id = replay?.id ?? 0
    await until(
      () => service.replays.get(id),
      ({ sent }) => sent > 0,
    )
    expect(await service.replays.cancel(id)).toMatchObject({ state: 'cancelled' })
    await service.replays.stop()
    const { sent } = await service.replays.get(id)
    expect(sent).toBeLessThan(500)
    expect(sink.accepted).toHaveLength(sent)
    await expect(service.replays.resume(id)).rejects.toMatchObject({ code: 'REPLAY_STATE' })
  })

  it('skips what has been deleted meanwhile', async () => {
    workshop.capture(story(800, 5))
    const to = await service.destinations.create(destination(sink.url))
    sink.behave(() => ({ status: 401 }))
    const { replay } = await service.replays.create(request(to))
    const id = replay?.id ?? 0
    await settled(service.replays, id)
    workshop.database.exec('DELETE FROM event WHERE id <= 300')
    sink.behave(accept)
    await service.replays.resume(id)
    expect(await settled(service.replays, id)).toMatchObject({ state: 'done', sent: 500, skipped: 300 })
    const { outcomes } = await service.replays.outcomes({ id, limit: 1, outcome: 'skipped' })
    expect(outcomes[0]).toMatchObject({ eventId: 1, message: 'deleted from the log before it was sent' })
  })
})

describe('a replay on a full disk', () => {
  /** A job whose only lane waits for an answer to be written down, and what of it can't be. */
  async function held(): Promise<{ id: number; refused: string[] }> {
    workshop.capture(story(100, 10))
    const to = await service.destinations.create(destination(sink.url, { mode: 'single', concurrency: 1 }))
    const { replay } = await service.replays.create(request(to))
    const id = replay?.id ?? 0
    await until(
      () => sink.accepted.length,
      (count) => count > 20,
    )
    const refused = service.fillDisk()
    await until(
      () => service.replays.get(id),
      ({ message }) => message !== null,
    )
    return { id, refused }
  }

  it.each([
    ['pause', 'paused'],
    ['cancel', 'cancelled'],
  ] as const)('obeys a %s at once, and answers it when that is written down', async (how, state) => {
    const { id, refused } = await held()
    const sent = sink.requests.length
    const answer = service.replays[how](id)
    await until(
      () => refused,
      (methods) => methods.includes('moveReplay'),
    )
    expect(await service.replays.get(id)).toMatchObject({
      state: 'running',
      message: expect.stringContaining('full') as string,
    })
    service.freeDisk()
    expect(await answer).toMatchObject({ state })
    await service.replays.stop()
    expect(await service.replays.get(id)).toMatchObject({ state, sent, failed: 0, message: null })
    expect(sink.requests).toHaveLength(sent)
  })

  it('can be paused and resumed, and sends nothing twice', async () => {
    const { id } = await held()
    const answer = service.replays.pause(id)
    service.freeDisk()
    await answer
    await service.replays.resume(id)
    expect(await settled(service.replays, id)).toMatchObject({ state: 'done', sent: 100 })
    expect(sink.accepted).toHaveLength(100)
  })

  it('does not claim to be paused where the engine ends before that is written down', async () => {
    const { id, refused } = await held()
    const answer = expect(service.replays.pause(id)).rejects.toMatchObject({ code: 'DATA_UNWRITABLE' })
    await until(
      () => refused,
      (methods) => methods.includes('moveReplay'),
    )
    await service.replays.stop()
    await answer
    service = workshop.serve()
    await service.replays.start()
    expect(await settled(service.replays, id)).toMatchObject({ state: 'done', sent: 100 })
  })
})

describe('a replay whose engine dies', () => {
  it('is taken up where it was: nothing lost, nothing acknowledged sent twice, every order kept', async () => {
    const deaths = 5
    workshop.capture(story(600, 30))
    const to = await service.destinations.create(destination(sink.url, { mode: 'single' }))
    sink.behave(() => ({ afterMs: 2 }))
    const { replay } = await service.replays.create(request(to, { preset: 'live' }))
    const id = replay?.id ?? 0
    for (let death = 1; death <= deaths; death += 1) {
      await until(
        () => workshop.acknowledged().size,
        (count) => count > death * 90,
      )
      service.die()
      // What was under way when the engine died still reaches the destination.
      await new Promise((resolve) => setTimeout(resolve, 50))
      const acknowledged = workshop.acknowledged()
      const before = sink.accepted.length
      service = workshop.serve()
      await service.replays.start()
      await until(
        () => sink.accepted.length,
        (count) => count > before + 20,
      )
      for (const call of sink.accepted.slice(before)) {
        const { trackside } = call['context'] as { trackside: { replayOf: string } }
        expect(acknowledged.has(trackside.replayOf)).toBe(false)
      }
    }
    expect(await settled(service.replays, id)).toMatchObject({ state: 'done', sent: 600, failed: 0 })
    expect(new Set(idsOf(sink.accepted)).size).toBe(600)
    expect(orderIsKept(sink.accepted)).toBe(true)
    // Twice came no more than each lane had under way at each death, and under the same id and time.
    expect(sink.accepted.length - 600).toBeLessThanOrEqual(deaths * to.concurrency)
    const twice = new Map<unknown, JsonObject>()
    for (const { sentAt: _sentAt, ...call } of sink.accepted) {
      const first = twice.get(call['messageId'])
      if (first !== undefined) expect(call).toEqual(first)
      twice.set(call['messageId'], call)
    }
  })

  it('goes on after a clean stop without sending anything twice', async () => {
    workshop.capture(story(400, 40))
    const to = await service.destinations.create(destination(sink.url, { mode: 'single' }))
    sink.behave(() => ({ afterMs: 5 }))
    const { replay } = await service.replays.create(request(to))
    await until(
      () => sink.accepted.length,
      (count) => count > 100,
    )
    await service.replays.stop()
    service = workshop.serve()
    await service.replays.start()
    expect(await settled(service.replays, replay?.id ?? 0)).toMatchObject({ state: 'done', sent: 400 })
    expect(sink.accepted).toHaveLength(400)
  })

  it('forgets a job whose plan was not finished', async () => {
    workshop.capture(story(10, 2))
    const to = await service.destinations.create(destination(sink.url))
    workshop.writer.methods.planReplay({
      query: '',
      preset: 'retry',
      options: '{}',
      write_key: null,
      destination_id: to.id,
      destination_name: to.name,
      host: to.host,
      seed: 's',
      created_at: 0,
    })
    await service.replays.start()
    expect(await service.replays.list()).toEqual([])
    expect(workshop.database.prepare('SELECT * FROM replay').all()).toEqual([])
  })
})
