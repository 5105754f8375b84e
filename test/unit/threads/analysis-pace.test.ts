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
      pace.appended(1, 0.02)
      expect(pace.waitMs).toBe(0)
      now += 0.1
    }
    pace.appended(8, 0.2)
    expect(pace.waitMs).toBe(0)
  })

  it('lets calls that trickle in gather for ten milliseconds, once it has caught up', () => {
    pace.appended(1, 0.02)
    pace.begin(0)
    pace.end('caught up')
    expect(pace.waitMs).toBe(10)
    now += 4
    pace.appended(1, 0.02)
    expect(pace.waitMs).toBe(6)
    now += 6
    expect(pace.waitMs).toBe(0)
  })

  it('goes on at once where more is to be analysed and nobody waits', () => {
    pace.appended(1, 0.02)
    pace.begin(0)
    now += 25
    pace.end('time over')
    expect(pace.waitMs).toBe(0)
  })

  it('takes two milliseconds at least, then rests for as long as it has taken when calls have come', () => {
    pace.begin(0)
    now += 1.75
    expect(pace.mayMakeWay).toBe(false)
    now += 0.25
    expect(pace.mayMakeWay).toBe(true)
    now += 1
    pace.end('cut short')
    pace.appended(1, 0.02)
    expect(pace.waitMs).toBe(3)
    now += 3
    expect(pace.waitMs).toBe(0)
  })

  it('takes calls that have gathered while the writer was busy for no flood', () => {
    pace.appended(1, 0.02)
    for (let slice = 0; slice < 100; slice += 1) {
      now += 10
      pace.appended(10, 0.3)
      expect(pace.waitMs).toBe(0)
    }
  })

  it('takes many that come at once, time and again, for one', () => {
    pace.appended(1, 0.02)
    now += 2
    pace.appended(9, 0.2)
    expect(pace.waitMs).toBe(5)
  })

  it('takes a few large ones for one where they leave the writer little time', () => {
    for (let request = 0; request < 100; request += 1) {
      now += 10
      pace.appended(1, 1.5)
      expect(pace.waitMs).toBe(0)
    }
    pace.begin(0)
    pace.end('time over')
    for (let request = 0; request < 100; request += 1) {
      now += 2
      pace.appended(1, 1)
    }
    expect(pace.waitMs).toBe(5)
  })

  it('takes six milliseconds at least while much waits for it, and goes on once the line is silent', () => {
    pace.begin(2_001)
    now += 5.5
    expect(pace.mayMakeWay).toBe(false)
    now += 0.5
    expect(pace.mayMakeWay).toBe(true)
    pace.end('cut short')
    now += 1
    pace.appended(1, 0.8)
    expect(pace.waitMs).toBe(1.5)
    now += 0.5
    pace.appended(1, 0.2)
    expect(pace.waitMs).toBe(1.5)
    now += 1.5
    expect(pace.waitMs).toBe(0)
  })

  it('waits in a flood until the line is silent', () => {
    pace.appended(100, 0.4)
    expect(pace.waitMs).toBe(5)
    now += 4
    expect(pace.waitMs).toBe(1)
    pace.appended(1, 0.02)
    expect(pace.waitMs).toBe(5)
    now += 5
    expect(pace.waitMs).toBe(0)
    expect(pace.isOverdue).toBe(false)
  })

  it('makes way at once in a flood', () => {
    pace.appended(100, 0.4)
    now += 5
    pace.begin(0)
    expect(pace.mayMakeWay).toBe(true)
    now += 250
    pace.begin(0)
    expect(pace.mayMakeWay).toBe(false)
  })

  it('gets a slice to its end every now and then, even in a flood that never ends', () => {
    const slices: number[] = []
    for (; now < 2_000; now += 0.5) {
      pace.appended(100, 0.4)
      if (pace.waitMs > 0) continue
      expect(pace.isOverdue).toBe(true)
      slices.push(now)
      pace.begin(0)
      now += 5
      pace.end('time over')
    }
    expect(slices).toHaveLength(3)
  })
})
