import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Status } from '../../shared/contract/schemas.ts'
import { databaseFile } from '../../electron/engine/store/database.ts'
import { expectRefusal, expectSuccess } from './answers.ts'
import { RunningEngine } from './running-engine.ts'

// What holds between the engine's threads: the status tells what is so, also in bad times.

let engine: RunningEngine

beforeEach(async () => {
  engine = await RunningEngine.start()
})

afterEach(() => engine.close())

const status = () => engine.api<Status>('/status')

async function sendCalls(count: number): Promise<void> {
  const batch = Array.from({ length: count }, (_, step) => ({
    type: 'track',
    event: 'Step Taken',
    userId: `u${step % 50}`,
    properties: { step, path: '/pricing', title: 'Pricing', referrer: 'https://example.com/' },
  }))
  expectSuccess(await engine.post('/v1/batch', { batch }))
}

it('counts a call in its status by the time that the SDK hears of its success', async () => {
  for (let sent = 1; sent <= 50; sent += 1) {
    expectSuccess(await engine.post('/v1/track', { userId: 'u', event: 'Step Taken' }))
    expect(await status()).toMatchObject({ events: sent, lastEventId: sent })
  }
})

it('finishes its analysis after a restart in the middle of it', async () => {
  await sendCalls(3000)
  await engine.analysed()
  await engine.api('/rebuild', 'POST', {})
  await engine.restart()
  expect(await engine.analysed()).toMatchObject({ analysedUpTo: 3000, events: 3000, users: 50 })
  expect(await engine.events('event:"Step Taken" properties.step:2999')).toHaveLength(1)
})

/** Slices of analysis leave gaps too short for SQLite's own way of waiting, which sleeps between its attempts. */
function takeWriteLock(other: Database.Database): void {
  for (const end = performance.now() + 5_000; ;) {
    try {
      other.exec('BEGIN IMMEDIATE')
      return
    } catch (error) {
      if (performance.now() > end) throw error
    }
  }
}

/** Another connection that writes makes every write fail. */
async function whileUnwritable(work: () => Promise<void>): Promise<void> {
  const other = new Database(databaseFile(engine.data), { timeout: 0 })
  takeWriteLock(other)
  try {
    await work()
  } finally {
    other.exec('ROLLBACK')
    other.close()
  }
}
const unwritable = /could not be stored/
const unanalysed = /can’t be analysed/

it('refuses what it can’t write, says so in its status, and takes the next call when it can', async () => {
  await sendCalls(10)
  await engine.analysed()
  await whileUnwritable(async () => {
    const answer = await engine.post('/v1/track', { userId: 'u', event: 'Order Completed' })
    expect(expectRefusal(answer, 503, 'LOG_LOCKED')).toMatch(unwritable)
    expect(await status()).toMatchObject({
      events: 10,
      lastEventId: 10,
      trouble: expect.stringMatching(unwritable) as string,
    })
  })
  expectSuccess(await engine.post('/v1/track', { userId: 'u', event: 'Order Completed' }))
  expect(await engine.latest()).toMatchObject({ id: 11, event: 'Order Completed' })
  expect(await status()).toMatchObject({ events: 11, trouble: null })
})

it('goes on with its analysis by itself once it can write again', async () => {
  await sendCalls(10_000)
  await engine.analysed()
  await engine.api('/rebuild', 'POST', {})
  await whileUnwritable(async () => {
    expect((await status()).analysedUpTo).toBeLessThan(10_000)
    await expect.poll(async () => (await status()).trouble, { timeout: 20_000 }).toMatch(unanalysed)
  })
  // Nobody sends anything now that would remind it.
  expect(await engine.analysed()).toMatchObject({ analysedUpTo: 10_000, users: 50, trouble: null })
})
