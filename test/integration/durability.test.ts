import { rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { serve } from './command.ts'
import type { Destination, Replay, Status } from '../../shared/contract/schemas.ts'
import { startSink } from '../unit/replay/sink.ts'
import type { Served } from './command.ts'
import { clientOf, temporaryDirectory } from './served-engine.ts'

// What got a 200 is in the log, whenever the engine dies: `kill -9` at any moment loses none of it.

const deaths = 50
const senders = 12
/** So that a failure can be had again, as far as the moment of a kill can be. */
const seed = 20261124

let data: string
let served: Served | null = null

beforeEach(() => {
  data = temporaryDirectory()
})

afterEach(async () => {
  await served?.end('SIGKILL')
  rmSync(data, { recursive: true, force: true })
})

/** Sends call after call, single and in batches, until the engine is gone; `sent` and `answered` take the ids. */
async function sendUntilDeath(
  url: string,
  name: string,
  padding: number,
  sent: Set<string>,
  answered: Set<string>,
): Promise<void> {
  for (let number = 0; ; number += 1) {
    const size = number % 3 === 2 ? 7 : 1
    const ids = Array.from({ length: size }, (_, index) => `${name}-${number}-${index}`)
    const calls = ids.map((messageId) => ({
      type: 'track',
      event: 'Step Taken',
      messageId,
      userId: name,
      properties: { number, padding: 'x'.repeat((number * 37) % padding) },
    }))
    for (const id of ids) sent.add(id)
    try {
      const answer = await fetch(`${url}/v1/${size === 1 ? 'track' : 'batch'}`, {
        method: 'POST',
        body: JSON.stringify(size === 1 ? calls[0] : { batch: calls }),
      })
      expect(answer.status).toBe(200)
      for (const id of ids) answered.add(id)
    } catch (error) {
      // fetch fails with a TypeError when the other side is gone.
      if (error instanceof TypeError) return
      throw error
    }
  }
}

function logged(): { counts: Map<string, number>; integrity: unknown } {
  const database = new Database(join(data, 'trackside.db'), { readonly: true })
  try {
    const rows = database
      .prepare<[], { message_id: string; events: number }>(
        'SELECT message_id, count(*) AS events FROM event GROUP BY message_id',
      )
      .all()
    return {
      counts: new Map(rows.map(({ message_id, events }) => [message_id, events])),
      integrity: database.pragma('integrity_check', { simple: true }),
    }
  } finally {
    database.close()
  }
}

/** The message ids of what a destination has acknowledged, once for each time. */
function acknowledged(): string[] {
  const database = new Database(join(data, 'trackside.db'), { readonly: true })
  try {
    return database
      .prepare<[], { message_id: string }>(
        `SELECT message_id FROM replay_outcome JOIN event ON event.id = replay_outcome.event_id
         WHERE outcome = 'sent'`,
      )
      .all()
      .map(({ message_id }) => message_id)
  } finally {
    database.close()
  }
}

/** Whole numbers from `least` on, below `limit`: the same ones each time. */
function numbers(): (least: number, limit: number) => number {
  let state = seed
  return (least, limit) => {
    state = (state * 48_271) % 2_147_483_647
    return least + (state % (limit - least))
  }
}

type Client = ReturnType<typeof clientOf>

/** All that analysis has made of the log. */
async function derived(client: Client): Promise<unknown> {
  return {
    users: await client.walk('/users', 'users'),
    accounts: await client.walk('/accounts', 'accounts'),
    names: await client.walk('/catalog', 'names'),
    problems: await client.walk('/problems', 'problems'),
    events: await client.events(),
  }
}

/** In the middle of what a life ends: of capturing alone, of analysis, of a checkpoint, of a replay. */
type Ending = 'capturing' | 'analysing' | 'checkpoint' | 'replaying'
const endings: readonly Ending[] = ['capturing', 'analysing', 'capturing', 'checkpoint', 'replaying']

it('nothing that got a 200 is lost or doubled, though the engine is killed again and again', async () => {
  const sent = new Set<string>()
  const answered = new Set<string>()
  const replays: number[] = []
  const number = numbers()
  const sink = await startSink()
  let destinationId: number | null = null
  for (let life = 0; life < deaths; life += 1) {
    served = await serve(data)
    const { capture } = served.address
    const client = clientOf(served.address)
    const ending = endings[life % endings.length]
    if (ending === 'replaying') {
      destinationId ??= (
        await client.api<Destination>('POST', '/destinations', {
          name: 'Sink',
          url: sink.url,
          writeKey: 'key',
          eventsPerSecond: 100_000,
        })
      ).id
      const started = await client.api<{ replay: Replay }>('POST', '/replays', {
        query: 'event:"Step Taken" properties.number:<3',
        destinationId,
        start: true,
      })
      replays.push(started.replay.id)
    }
    // Padding fills the write-ahead log, so that its checkpoint comes round again and again.
    const padding = ending === 'checkpoint' ? 60_000 : 300
    const sending = Array.from({ length: senders }, (_, sender) =>
      sendUntilDeath(capture, `life${life}-sender${sender}`, padding, sent, answered),
    )
    // Each life is a different stretch into the load, and ends in the middle of whatever it does just then.
    const goal = answered.size + number(50, 400)
    await expect.poll(() => answered.size, { interval: 1, timeout: 20_000 }).toBeGreaterThan(goal)
    if (ending === 'analysing') {
      const { analysedUpTo } = await client.get<Status>('/status')
      await expect
        .poll(async () => (await client.get<Status>('/status')).analysedUpTo, {
          interval: 1,
          timeout: 20_000,
        })
        .toBeGreaterThan(analysedUpTo)
    }
    await served.end('SIGKILL')
    await Promise.all(sending)
  }

  served = await serve(data)
  const client = clientOf(served.address)
  const { counts } = logged()
  expect([...answered].filter((id) => counts.get(id) !== 1)).toEqual([])
  expect([...counts].filter(([id, events]) => events !== 1 || !sent.has(id))).toEqual([])
  // A batch is there as a whole or not at all.
  const batches = Map.groupBy(
    [...sent].filter((id) => Number(id.split('-')[2]) % 3 === 2),
    (id) => id.slice(0, id.lastIndexOf('-')),
  )
  const torn = [...batches.values()].filter((ids) => new Set(ids.map((id) => counts.has(id))).size > 1)
  expect(torn).toEqual([])
  // What is derived has followed the log through all deaths, and counted nothing twice.
  expect(await client.analysed()).toMatchObject({ events: counts.size, rejected: 0, trouble: null })
  const users = await client.walk<{ id: string; events: number }>('/users', 'users')
  const perUser = Map.groupBy(counts.keys(), (id) => id.split('-').slice(0, 2).join('-'))
  expect(new Map(users.map(({ id, events }) => [id, events]))).toEqual(
    new Map([...perUser].map(([id, ids]) => [id, ids.length])),
  )
  // Every replay has come to its end, with one outcome for each of its events; what it says was sent has arrived.
  for (const id of replays) {
    await expect
      .poll(async () => (await client.get<Replay>(`/replays/${id}`)).state, { timeout: 60_000 })
      .toBe('done')
  }
  expect(replays).toHaveLength(deaths / endings.length)
  const arrived = new Set(sink.requests.flatMap(({ calls }) => calls.map((call) => call['messageId'])))
  expect(acknowledged().filter((id) => !arrived.has(id))).toEqual([])
  expect(acknowledged().length).toBeGreaterThan(100)
  // It is what the log alone says.
  const before = await derived(client)
  await client.api('POST', '/rebuild', {})
  await client.analysed()
  expect(await derived(client)).toEqual(before)
  expect(logged().integrity).toBe('ok')
  expect(await served.end('SIGTERM')).toBe(0)
  await sink.close()
}, 400_000)

it('a cleanly stopped engine leaves one file that holds it all', async () => {
  served = await serve(data)
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, index) =>
      fetch(`${served?.address.capture}/v1/track`, {
        method: 'POST',
        body: JSON.stringify({ event: 'Step Taken', userId: 'jane', messageId: `m-${index}` }),
      }),
    ),
  )
  expect(answers.every(({ status }) => status === 200)).toBe(true)
  expect(await served.end('SIGTERM')).toBe(0)
  rmSync(join(data, 'trackside.db-wal'), { force: true })
  expect(logged().counts.size).toBe(100)
})
