import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { EventPage, Histogram } from '../../shared/contract/schemas.ts'
import { startTrackside } from '../e2e/trackside.ts'

let data: string
let running: Awaited<ReturnType<typeof startTrackside>>
const count = 2_400

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'trackside-pages-'))
  running = await startTrackside(data)
  const batch = Array.from({ length: count }, (_, index) => ({
    type: 'track',
    userId: 'u',
    event: index % 2 === 0 ? 'Order Completed' : 'Cart Viewed',
  }))
  await running.trackside.send('/v1/batch', { writeKey: 'web', batch })
  await running.trackside.analysed()
})

afterAll(async () => {
  await running.stop()
  rmSync(data, { recursive: true, force: true })
})

const idsOf = ({ events }: EventPage): number[] => events.map(({ id }) => id)
const list = (parameters: Record<string, string>): Promise<EventPage> =>
  running.trackside.api(`/events?${new URLSearchParams(parameters).toString()}`)

it('gives what came behind an event, oldest first, without a cursor', async () => {
  const page = await list({ order: 'asc', after: '2397' })
  expect(idsOf(page)).toEqual([2398, 2399, 2400])
  expect(page.upTo).toBe(count)
})

it('gives what came before an event, newest first, also where a query narrows', async () => {
  expect(idsOf(await list({ upTo: '9', limit: '3' }))).toEqual([9, 8, 7])
  const narrowed = await list({ upTo: '8', after: '3', query: 'event:"Order Completed"' })
  expect(idsOf(narrowed)).toEqual([7, 5])
})

it('finds as many events by their numbers as a query has room for', async () => {
  const ids = Array.from({ length: count }, (_, index) => index + 1).filter((id) => id % 2 === 0)
  const page = await list({ query: `id:${ids.join(',')}`, limit: '1', total: 'true' })
  expect(page.total).toBe(ids.length)
})

it('counts every event in the stretch of time in which it arrived', async () => {
  const { events } = await list({ limit: '1' })
  const arrived = Date.parse(events[0]?.receivedAt ?? '')
  const histogram = await running.trackside.api<Histogram>(
    `/histogram?${new URLSearchParams({
      from: new Date(arrived - 10_500).toISOString(),
      to: new Date(arrived + 9_499).toISOString(),
      buckets: '20',
    }).toString()}`,
  )
  expect(histogram.bucketMs).toBe(1000)
  expect(histogram.buckets.map((bucket) => bucket.events)).toEqual([
    ...Array<number>(10).fill(0),
    count,
    ...Array<number>(9).fill(0),
  ])
})
