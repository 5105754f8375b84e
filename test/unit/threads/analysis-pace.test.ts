import { beforeEach, describe, expect, it } from 'vitest'
import {
  AnalysisPace,
  longestSliceMs,
  overdueSliceMs,
} from '../../../electron/engine/threads/analysis-pace.ts'

let now: number
let pace: AnalysisPace

beforeEach(() => {
  now = 1_000
  pace = new AnalysisPace(() => now)
})

/** A slice of so many milliseconds in which so many requests come, while so many events wait. */
function slice(ms: number, { came = 0, behind = 0, hasCaughtUp = false } = {}): void {
  pace.begin(behind)
  now += ms
  pace.end(came, hasCaughtUp)
}

describe('a slice', () => {
  it('begins at once after a call or a few', () => {
    for (let call = 0; call < 1_000; call += 1) {
      pace.answered(0.02)
      expect(pace.waitMs).toBe(0)
      now += 0.1
    }
    pace.answered(0.2)
    expect(pace.waitMs).toBe(0)
  })

  it('lets calls that trickle in gather for ten milliseconds, once it has caught up', () => {
    pace.answered(0.02)
    slice(0, { hasCaughtUp: true })
    expect(pace.waitMs).toBe(10)
    now += 4
    pace.answered(0.02)
    expect(pace.waitMs).toBe(6)
    now += 6
    expect(pace.waitMs).toBe(0)
  })

  it('is followed by the next one at once where more is to be analysed and nobody waits', () => {
    pace.answered(0.02)
    slice(25)
    expect(pace.waitMs).toBe(0)
  })

  it('makes way after two milliseconds; from the answers on it then rests for as long as it has taken', () => {
    pace.begin(0)
    now += 1.75
    expect(pace.mayMakeWay).toBe(false)
    now += 0.25
    expect(pace.mayMakeWay).toBe(true)
    now += 1
    pace.end(1, false)
    now += 0.5
    pace.answered(0.5)
    expect(pace.waitMs).toBe(3)
    now += 3
    expect(pace.waitMs).toBe(0)
  })

  it.each([
    { behind: 499, ms: 2 },
    { behind: 2_000, ms: 8 },
    { behind: 1_000_000, ms: 16 },
  ])('makes way after $ms ms while $behind events wait for analysis', ({ behind, ms }) => {
    pace.begin(behind)
    now += ms - 0.25
    expect(pace.mayMakeWay).toBe(false)
    now += 0.25
    expect(pace.mayMakeWay).toBe(true)
  })
})

/** Those who send: as many as there are, each when it has heard, or at a rate whether they hear or not. */
type Senders = { waiting: number; thinkMs: number } | { everyMs: number }

interface Line {
  /** How many requests wait to be appended. */
  waiting(): number
  take(count: number): void
}

function lineOf(senders: Senders): Line {
  if ('everyMs' in senders) {
    let nextAt = now
    return {
      waiting: () => Math.max(0, Math.floor((now - nextAt) / senders.everyMs) + 1),
      take: (count) => (nextAt += count * senders.everyMs),
    }
  }
  let arrivals = Array.from({ length: senders.waiting }, () => now)
  return {
    waiting: () => arrivals.filter((at) => at <= now).length,
    take(count) {
      const answered = Array.from({ length: count }, () => now + senders.thinkMs)
      arrivals = [...arrivals.toSorted((one, other) => one - other).slice(count), ...answered]
    },
  }
}

/** What comes of a second after a first half: milliseconds of analysis, and requests. */
function simulate(
  senders: Senders,
  appendMs: number,
  isAnalysing = true,
): { analysedMs: number; requests: number } {
  const begin = now + 500
  const end = begin + 1_000
  const line = lineOf(senders)
  let analysedMs = 0
  let requests = 0

  function append(count: number): void {
    now += count * appendMs
    pace.answered(count * appendMs)
    line.take(count)
    if (now >= begin) requests += count
  }

  function analyse(): void {
    const { isOverdue } = pace
    const from = now
    const until = from + (isOverdue ? overdueSliceMs : longestSliceMs)
    pace.begin(1_000_000)
    while (now < until && (isOverdue || !pace.mayMakeWay || line.waiting() === 0)) {
      now += 0.07
      if (pace.isHalfWay) pace.halfWay(line.waiting())
    }
    pace.end(line.waiting(), false)
    if (from >= begin) analysedMs += now - from
  }

  while (now < end) {
    const count = line.waiting()
    if (count > 0) append(count)
    else if (isAnalysing && pace.waitMs === 0) analyse()
    else now += 0.05
  }
  return { analysedMs, requests }
}

describe('senders who wait for their answers', () => {
  it.each([
    { what: 'one with single calls', senders: { waiting: 1, thinkMs: 0.3 }, appendMs: 0.05 },
    { what: 'four with single calls', senders: { waiting: 4, thinkMs: 0.4 }, appendMs: 0.03 },
    { what: 'one with batches', senders: { waiting: 1, thinkMs: 1.5 }, appendMs: 0.7 },
    { what: 'one who thinks for a moment', senders: { waiting: 1, thinkMs: 3 }, appendMs: 0.7 },
  ])('are slowed down by a tenth at most: $what', ({ senders, appendMs }) => {
    const alone = simulate(senders, appendMs, false)
    const both = simulate(senders, appendMs)
    expect(both.requests / alone.requests).toBeGreaterThan(0.9)
    expect(both.analysedMs).toBeGreaterThan(40)
  })

  it.each([
    { what: 'many with single calls', senders: { waiting: 64, thinkMs: 1.5 }, appendMs: 0.022 },
    { what: 'many with batches', senders: { waiting: 16, thinkMs: 4 }, appendMs: 0.7 },
  ])('hardly notice analysis in a flood: $what', ({ senders, appendMs }) => {
    const alone = simulate(senders, appendMs, false)
    const both = simulate(senders, appendMs)
    expect(both.requests / alone.requests).toBeGreaterThan(0.96)
    // It is never left out.
    expect(both.analysedMs).toBeGreaterThan(10)
  })
})

describe('senders who do not wait', () => {
  it.each([
    { what: '100 batches a second', everyMs: 10, appendMs: 1, part: 0.8 },
    { what: '1,000 single calls a second', everyMs: 1, appendMs: 0.05, part: 0.7 },
    { what: '3,000 single calls a second', everyMs: 0.33, appendMs: 0.05, part: 0.6 },
  ])('leave it most of the time: $what', ({ everyMs, appendMs, part }) => {
    const { analysedMs, requests } = simulate({ everyMs }, appendMs)
    expect(analysedMs).toBeGreaterThan(part * 1_000)
    expect(requests).toBeGreaterThan(0.97 * (1_000 / everyMs))
  })
})

describe('a flood', () => {
  beforeEach(() => {
    for (let turn = 0; turn < 200; turn += 1) {
      now += 1
      pace.answered(0.8)
    }
  })

  it('is waited for until the line is silent', () => {
    expect(pace.waitMs).toBe(5)
    now += 4
    expect(pace.waitMs).toBe(1)
    pace.answered(0.02)
    expect(pace.waitMs).toBe(5)
    now += 5
    expect(pace.waitMs).toBe(0)
  })

  it('is made way for at once', () => {
    now += 5
    pace.begin(0)
    expect(pace.mayMakeWay).toBe(true)
  })

  it('is over when senders leave the writer most of its time', () => {
    for (let turn = 0; turn < 100; turn += 1) {
      now += 1
      pace.answered(0.1)
    }
    expect(pace.waitMs).toBe(0)
  })

  it('gets a slice to its end every now and then, even if it never ends', () => {
    const slices: number[] = []
    for (const end = now + 1_000; now < end; now += 0.5) {
      pace.answered(0.3)
      if (pace.waitMs > 0) continue
      expect(pace.isOverdue).toBe(true)
      slices.push(now)
      slice(5, { came: 10 })
    }
    expect(slices).toHaveLength(4)
  })
})
