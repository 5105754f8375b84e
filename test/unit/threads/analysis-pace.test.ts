import { beforeEach, describe, expect, it } from 'vitest'
import { AnalysisPace } from '../../../electron/engine/threads/analysis-pace.ts'

let now: number
let pace: AnalysisPace

beforeEach(() => {
  now = 1_000
  pace = new AnalysisPace(() => now)
})

describe('analysis beside capture', () => {
  it('begins at once after a call or a few', () => {
    for (let call = 0; call < 1_000; call += 1) {
      pace.appended(1)
      expect(pace.waitMs).toBe(0)
      now += 0.1
    }
    pace.appended(8)
    expect(pace.waitMs).toBe(0)
  })

  it('lets calls that trickle in gather for ten milliseconds, once it has caught up', () => {
    pace.appended(1)
    pace.begin()
    pace.end('caught up')
    expect(pace.waitMs).toBe(10)
    now += 4
    pace.appended(1)
    expect(pace.waitMs).toBe(6)
    now += 6
    expect(pace.waitMs).toBe(0)
  })

  it('goes on at once where more is to be analysed and nobody waits', () => {
    pace.appended(1)
    pace.begin()
    now += 25
    pace.end('time over')
    expect(pace.waitMs).toBe(0)
  })

  it('takes two milliseconds at least, then rests for as long as it has taken when calls have come', () => {
    pace.begin()
    now += 1.75
    expect(pace.mayMakeWay).toBe(false)
    now += 0.25
    expect(pace.mayMakeWay).toBe(true)
    now += 1
    pace.end('cut short')
    pace.appended(1)
    expect(pace.waitMs).toBe(3)
    now += 3
    expect(pace.waitMs).toBe(0)
  })

  it('takes calls that have gathered while the writer was busy for no flood', () => {
    pace.appended(1)
    for (let slice = 0; slice < 100; slice += 1) {
      now += 10
      pace.appended(10)
      expect(pace.waitMs).toBe(0)
    }
  })

  it('takes many that come at once, time and again, for one', () => {
    pace.appended(1)
    now += 2
    pace.appended(9)
    expect(pace.waitMs).toBe(5)
  })

  it('waits in a flood until the line is silent', () => {
    pace.appended(100)
    expect(pace.waitMs).toBe(5)
    now += 4
    expect(pace.waitMs).toBe(1)
    pace.appended(1)
    expect(pace.waitMs).toBe(5)
    now += 5
    expect(pace.waitMs).toBe(0)
    expect(pace.isOverdue).toBe(false)
  })

  it('makes way at once in a flood', () => {
    pace.appended(100)
    now += 5
    pace.begin()
    expect(pace.mayMakeWay).toBe(true)
    now += 250
    pace.begin()
    expect(pace.mayMakeWay).toBe(false)
  })

  it('gets a slice to its end every now and then, even in a flood that never ends', () => {
    const slices: number[] = []
    for (; now < 2_000; now += 0.5) {
      pace.appended(100)
      if (pace.waitMs > 0) continue
      expect(pace.isOverdue).toBe(true)
      slices.push(now)
      pace.begin()
      now += 5
      pace.end('time over')
    }
    expect(slices).toHaveLength(3)
  })
})
