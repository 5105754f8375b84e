import { describe, expect, it } from 'vitest'
import { boundsOf, spanOf } from '../../../renderer/components/histogram/time-span.ts'

const now = Date.parse('2026-02-03T12:00:00.400Z')
const minute = 60_000

describe('the time that the histogram shows', () => {
  it('is cut at whole steps of a clock, and holds all of the stretch', () => {
    for (const length of [1, 59_000, 15 * minute, 7 * 60 * minute, 40 * 86_400_000, 9e11]) {
      const { from, to, stepMs, bars } = spanOf(now - length, now, 90)
      expect(from).toBeLessThanOrEqual(now - length)
      expect(to).toBeGreaterThanOrEqual(now)
      expect(to - from).toBe(stepMs * bars)
      expect(bars).toBeLessThanOrEqual(91)
    }
  })

  it('keeps the borders of its bars while time goes on', () => {
    const before = spanOf(now - 15 * minute, now, 90)
    const after = spanOf(now - 15 * minute + 700, now + 700, 90)
    expect(after.stepMs).toBe(before.stepMs)
    expect((after.from - before.from) % before.stepMs).toBe(0)
  })

  it('is what the query says, the narrower where it says it twice', () => {
    expect(boundsOf('since:15m since:5m jane', now)).toEqual({ from: now - 5 * minute, to: null })
    expect(boundsOf('before:2026-02-03T11:00:00.000Z', now)).toEqual({
      from: null,
      to: Date.parse('2026-02-03T11:00:00.000Z'),
    })
    expect(boundsOf('type:track', now)).toEqual({ from: null, to: null })
  })
})
