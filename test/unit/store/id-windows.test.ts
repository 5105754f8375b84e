import { describe, expect, it } from 'vitest'
import { atOnce, idWindows } from '../../../electron/engine/store/queries/id-windows.ts'
import type { IdWindow, InPortions } from '../../../electron/engine/store/queries/id-windows.ts'

/** What a query would see whose time is so many milliseconds for each window and each id. */
function walked(stretch: IdWindow, isDescending: boolean, cost: { fixed: number; each: number }) {
  let now = 0
  const windows: (IdWindow & { ms: number })[] = []
  for (const window of idWindows(stretch, isDescending, () => now)) {
    const ms = cost.fixed + (window.upTo - window.above) * cost.each
    now += ms
    windows.push({ ...window, ms })
  }
  return windows
}

const million = { above: 0, upTo: 1_000_000 }
const costs = {
  'of an index': { fixed: 0.01, each: 0 },
  'that looks at each event': { fixed: 0.05, each: 0.007 },
  'that looks at each event for long': { fixed: 0.05, each: 0.2 },
  'for a common word': { fixed: 500, each: 0 },
  'for a common word that looks at each event': { fixed: 500, each: 0.007 },
}

describe.each(Object.entries(costs))('a query %s', (_what, cost) => {
  it.each([true, false])('meets each id once, in order (from the end: %s)', (isDescending) => {
    const windows = walked({ above: 17, upTo: 123_456 }, isDescending, cost)
    const inOrder = isDescending ? windows.toReversed() : windows
    expect(inOrder[0]?.above).toBe(17)
    expect(inOrder.at(-1)?.upTo).toBe(123_456)
    for (const [index, { above }] of inOrder.slice(1).entries()) expect(above).toBe(inOrder[index]?.upTo)
  })

  it('takes little longer than in one go', () => {
    const all = walked(million, true, cost).reduce((sum, { ms }) => sum + ms, 0)
    const inOneGo = cost.fixed + 1_000_000 * cost.each
    expect(all).toBeLessThan(inOneGo * 2 + cost.fixed * 6)
  })
})

it('makes way for others about every 20 ms where each event is looked at', () => {
  const windows = walked(million, true, { fixed: 0.05, each: 0.007 })
  expect(Math.max(...windows.map(({ ms }) => ms))).toBeLessThan(40)
})

it('has few windows where an index leads to what is wanted', () => {
  expect(walked(million, true, { fixed: 0.01, each: 0 }).length).toBeLessThan(10)
})

it('has no window where there is nothing', () => {
  expect(walked({ above: 5, upTo: 5 }, true, { fixed: 1, each: 1 })).toEqual([])
})

it('can be done at once', () => {
  function* sum(): InPortions<number> {
    let total = 0
    for (const { above, upTo } of idWindows({ above: 0, upTo: 10_000 }, false)) {
      total += upTo - above
      yield
    }
    return total
  }
  expect(atOnce(sum())).toBe(10_000)
})
