import { rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { serve } from './command.ts'
import type { Served } from './command.ts'
import { clientOf, temporaryDirectory } from './served-engine.ts'

// What got a 200 is in the log, whenever the engine dies: `kill -9` at any moment loses none of it.

const deaths = 5
const senders = 20

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
      properties: { number, padding: 'x'.repeat((number * 37) % 900) },
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

it('nothing that got a 200 is lost or doubled, though the engine is killed again and again', async () => {
  const sent = new Set<string>()
  const answered = new Set<string>()
  for (let life = 1; life <= deaths; life += 1) {
    served = await serve(data)
    const { capture } = served.address
    const sending = Array.from({ length: senders }, (_, sender) =>
      sendUntilDeath(capture, `life${life}-sender${sender}`, sent, answered),
    )
    // Each life is a different stretch into the load, and ends in the middle of whatever it does just then.
    const goal = answered.size + 100 + Math.floor(Math.random() * 600)
    await expect.poll(() => answered.size, { interval: 1, timeout: 20_000 }).toBeGreaterThan(goal)
    await served.end('SIGKILL')
    await Promise.all(sending)
  }

  served = await serve(data)
  const { counts, integrity } = logged()
  expect(integrity).toBe('ok')
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
  const client = clientOf(served.address)
  expect(await client.analysed()).toMatchObject({ events: counts.size, rejected: 0, trouble: null })
  const users = await client.walk<{ id: string; events: number }>('/users', 'users')
  const perUser = Map.groupBy(counts.keys(), (id) => id.split('-').slice(0, 2).join('-'))
  expect(new Map(users.map(({ id, events }) => [id, events]))).toEqual(
    new Map([...perUser].map(([id, ids]) => [id, ids.length])),
  )
  expect(await served.end('SIGTERM')).toBe(0)
}, 150_000)

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
