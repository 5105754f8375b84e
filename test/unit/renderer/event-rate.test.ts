import { describe, expect, it } from 'vitest'
import { EventRate } from '../../../renderer/lib/event-rate.ts'

describe('the rate in the status bar', () => {
  it('does not count what was captured before the page was opened', () => {
    const rate = new EventRate()
    expect(rate.sample(3_000, 500)).toBe(0)
    expect(rate.sample(3_000, 1_000)).toBe(0)
  })

  it('counts what arrives, for as long as its window', () => {
    const rate = new EventRate()
    rate.sample(0, 0)
    expect(rate.sample(50, 500)).toBe(100)
    expect(rate.sample(50, 1_000)).toBe(50)
    expect(rate.sample(50, 4_000)).toBe(0)
  })

  it('is never negative, when the log was cleared', () => {
    const rate = new EventRate()
    rate.sample(50, 0)
    expect(rate.sample(0, 500)).toBe(0)
  })
})
