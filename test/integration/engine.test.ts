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

it('counts a call in its status by the time that the SDK hears of its success', async () => {
  for (let sent = 1; sent <= 50; sent += 1) {
    expectSuccess(await engine.post('/v1/track', { userId: 'u', event: 'Step Taken' }))
    expect(await status()).toMatchObject({ events: sent, lastEventId: sent })
  }
})
