import { describe, expect, it } from 'vitest'
import { Trend } from '../../../electron/engine/store/trend.ts'

const minute = 60_000
const day = 24 * 60 * minute
const start = Date.UTC(2026, 2, 1)

/** One event at each of these times. */
function trendOf(times: Iterable<number>): Trend {
  const trend = new Trend()
  for (const at of times) trend.add(at)
  return trend
}

function* every(ms: number, from: number, to: number): Generator<number> {
  for (let at = from; at < to; at += ms) yield at
}

const sum = (bars: readonly number[]): number => bars.reduce((total, events) => total + events, 0)

describe('how a name comes over time', () => {
  it('is known to two seconds for the last minute', () => {
    const trend = trendOf([start, start + 1, start + 14_000, start + 58_000])
    const bars = trend.bars(start, start + minute - 1, 30)
    expect(bars.flatMap((events, index) => (events === 0 ? [] : [[index, events]]))).toEqual([
      [0, 2],
      [7, 1],
      [29, 1],
    ])
  })

  it('is steady in a chart of any length where events came steadily for a month', () => {
    const end = start + 30 * day
    const each = 10_000
    const trend = trendOf(every(each, start, end))
    for (const span of [60 * minute, day, 7 * day, 30 * day]) {
      const bars = trend.bars(end - span, end - 1, 30)
      const expected = span / each / 30
      for (const events of bars) expect(Math.abs(events - expected)).toBeLessThan(2 + expected / 20)
    }
    expect(sum(trend.bars(start, end - 1, 30))).toBe((30 * day) / each)
  })

  it('takes a few kilobytes for a month, and a few numbers for each doubling of the time', () => {
    const month = trendOf(every(minute, start, start + 30 * day)).text.length
    const twoMonths = trendOf(every(minute, start, start + 60 * day)).text.length
    expect(month).toBeLessThan(4_000)
    expect(twoMonths - month).toBeLessThan(500)
  })

  it('is the same after it was stored in the middle', () => {
    const times = [...every(37 * 1000, start, start + 3 * day)]
    let stored = new Trend()
    times.forEach((at, index) => {
      if (index % 500 === 0) stored = Trend.parse(stored.text)
      stored.add(at)
    })
    expect(stored.text).toBe(trendOf(times).text)
  })

  it('loses no event where the clock goes back', () => {
    const trend = trendOf([start + 10 * minute, start, start + 5 * minute, start + 11 * minute])
    expect(sum(trend.bars(start, start + 12 * minute, 30))).toBe(4)
  })

  it('counts the latest event, though its minute has only begun', () => {
    const last = start + 30 * minute
    expect(trendOf([start, last]).bars(start, last, 30).at(-1)).toBe(1)
  })

  it('leaves out what came before the time that is asked for', () => {
    const trend = trendOf([start, start + 2 * day])
    expect(sum(trend.bars(start + 2 * day - 60 * minute, start + 2 * day, 30))).toBe(1)
  })
})
