import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ProblemGroup, ProblemPage } from '../../shared/contract/problems.ts'
import type { JsonObject, TracksideEvent } from '../../shared/event.ts'
import { serveEngine } from './served-engine.ts'
import type { ServedEngine } from './served-engine.ts'

// Where problems come from and when, as the Problems view asks.

let engine: ServedEngine

const call = (event: string, properties: JsonObject = { step: 1 }): JsonObject => ({
  type: 'track',
  userId: 'u1',
  event,
  properties,
})
const list = (parameters: Record<string, string> = {}): Promise<ProblemPage> =>
  engine.get(`/problems?${new URLSearchParams(parameters).toString()}`)
const casing = ({ problems }: ProblemPage): ProblemGroup[] =>
  problems.filter(({ rule }) => rule === 'naming/casing')
const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)

beforeAll(async () => {
  engine = await serveEngine()
  await engine.capture([call('order_completed'), call('order_completed'), call('Cart Viewed')], 'web')
  await engine.capture([call('order_completed'), call('cart_emptied')], 'ios')
})
afterAll(() => engine.stop())

it('says of each group from which sources it came, the most frequent first, and how often over time', async () => {
  const page = await list()
  const [first, second] = casing(page)
  expect(first).toMatchObject({ name: 'order_completed', events: 3, source: null, sources: ['web', 'ios'] })
  expect(second).toMatchObject({ name: 'cart_emptied', events: 1, sources: ['ios'] })
  for (const group of page.problems) expect(sum(group.trend)).toBe(group.events)
  expect(Date.parse(page.span.from)).toBeLessThan(Date.parse(page.span.to))
})

it('lists a group for each source on request, and those of one source alone', async () => {
  const bySource = casing(await list({ bySource: 'true' }))
  expect(bySource.map(({ name, source, events }) => [name, source, events])).toEqual([
    ['order_completed', 'web', 2],
    ['cart_emptied', 'ios', 1],
    ['order_completed', 'ios', 1],
  ])
  const ios = await list({ source: 'ios' })
  expect(casing(ios).map(({ name, events, sources }) => [name, events, sources])).toEqual([
    ['cart_emptied', 1, ['ios']],
    ['order_completed', 1, ['ios']],
  ])
  for (const { source, trend, events } of [...bySource, ...casing(ios)]) {
    expect(source === null || bySource.some((group) => group.source === source)).toBe(true)
    expect(sum(trend)).toBe(events)
  }
})

it('counts the same with a query that leaves nothing out as without one', async () => {
  for (const parameters of [{}, { bySource: 'true' }, { source: 'web' }, { severity: 'warning' }]) {
    const counted = await list(parameters)
    expect(await list({ ...parameters, query: 'type:track' })).toEqual(counted)
  }
})

it('walks page by page through groups of sources, with a query and without', async () => {
  for (const query of ['', '&query=type:track']) {
    const whole = await list({ bySource: 'true', query: query === '' ? '' : 'type:track' })
    const walked = await engine.walk<ProblemGroup>(`/problems?bySource=true${query}`, 'problems', 1)
    expect(walked).toEqual(whole.problems)
  }
})

it('counts only what has come since a moment', async () => {
  const [latest] = (await engine.events('event:cart_emptied')) as [TracksideEvent]
  const since = await list({ from: latest.receivedAt })
  expect(casing(since).map(({ name }) => name)).toContain('cart_emptied')
  const later = await list({ from: new Date(Date.parse(latest.receivedAt) + 60_000).toISOString() })
  expect(later.problems).toEqual([])
  expect(later.counts).toEqual({ error: 0, warning: 0, info: 0 })
})
