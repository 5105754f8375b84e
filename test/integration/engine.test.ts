import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Status } from '../../shared/contract/schemas.ts'
import { expectSuccess } from './answers.ts'
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
