import { describe, expect, it } from 'vitest'
import { Rate } from '../../../electron/engine/replay/rate.ts'
import { InstantClock } from './instant-clock.ts'

const never = new AbortController().signal

describe('the rate', () => {
  it('lets no more through than it says', async () => {
    const clock = new InstantClock()
    const startedAt = clock.now()
    const rate = new Rate(1000, clock)
    for (let batch = 0; batch < 21; batch += 1) await rate.take(500, never)
    expect(clock.now() - startedAt).toBe(10_000)
  })

  it('does not make up for a pause with a burst', async () => {
    const clock = new InstantClock()
    const rate = new Rate(1000, clock)
    await rate.take(500, never)
    await clock.sleep(60_000)
    const resumedAt = clock.now()
    await rate.take(500, never)
    await rate.take(500, never)
    expect(clock.now() - resumedAt).toBe(500)
  })

  it('gives back the turns of a job that stops while it waits', async () => {
    const clock = new InstantClock()
    const rate = new Rate(1, clock)
    await rate.take(10, never)
    const jumping = clock.sleep
    // As the real clock does for an aborted signal: no time passes.
    clock.sleep = async () => undefined
    await rate.take(3600, AbortSignal.abort())
    clock.sleep = jumping
    const resumedAt = clock.now()
    await rate.take(1, never)
    expect(clock.now() - resumedAt).toBe(10_000)
  })
})
