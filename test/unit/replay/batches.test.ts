import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  Lanes,
  RequestCount,
  batchBytesLimit,
  batchEventsLimit,
  laneCount,
  laneOf,
  requestEventsLimit,
} from '../../../electron/engine/replay/batches.ts'

interface Call {
  id: number
  person: number
  bytes: number
}

const calls = fc
  .array(
    fc.record({ person: fc.integer({ min: -5, max: 20 }), bytes: fc.integer({ min: 100, max: 32_768 }) }),
    {
      maxLength: 400,
    },
  )
  .map((all): Call[] => all.map((call, id) => ({ ...call, id })))

function cut(all: readonly Call[], count: number): { lane: number; batch: Call[] }[] {
  const lanes = new Lanes<Call>(count, batchEventsLimit)
  for (const call of all) lanes.push(call.person, call)
  const batches: { lane: number; batch: Call[] }[] = []
  for (let lane = 0; lane < count; lane += 1) {
    for (let batch = lanes.take(lane, true); batch !== null; batch = lanes.take(lane, true)) {
      batches.push({ lane, batch })
    }
  }
  expect(lanes.bytes).toBe(0)
  return batches
}

describe('requests', () => {
  it('hold every call once, within the limits of the service', () => {
    fc.assert(
      fc.property(calls, fc.integer({ min: 1, max: 8 }), (all, count) => {
        const batches = cut(all, count).map(({ batch }) => batch)
        expect(batches.flat().sort((a, b) => a.id - b.id)).toEqual(all)
        for (const batch of batches) {
          expect(batch.reduce((sum, { bytes }) => sum + bytes + 1, 0)).toBeLessThanOrEqual(batchBytesLimit)
        }
      }),
    )
  })

  it('keep the events of a person in one lane and in their order', () => {
    fc.assert(
      fc.property(calls, fc.integer({ min: 1, max: 8 }), (all, count) => {
        for (const { lane, batch } of cut(all, count)) {
          for (const { person } of batch) expect(laneOf(person, count)).toBe(lane)
        }
        const order = cut(all, count).flatMap(({ batch }) => batch)
        for (const person of new Set(all.map((call) => call.person))) {
          const ids = order.filter((call) => call.person === person).map(({ id }) => id)
          expect(ids).toEqual(ids.toSorted((a, b) => a - b))
        }
      }),
    )
  })

  it('are as many as the plan counts', () => {
    fc.assert(
      fc.property(calls, fc.integer({ min: 1, max: 8 }), (all, count) => {
        const counted = new RequestCount(count, batchEventsLimit)
        for (const { person, bytes } of all) counted.add(person, bytes)
        expect(counted.requests).toBe(cut(all, count).length)
      }),
    )
  })

  it('hold no more than 2,500 events, however small', () => {
    const all = Array.from({ length: 6000 }, (_, id) => ({ id, person: 1, bytes: 50 }))
    expect(cut(all, 1).map(({ batch }) => batch.length)).toEqual([batchEventsLimit, batchEventsLimit, 1000])
  })

  it('wait to be full unless told otherwise', () => {
    const lanes = new Lanes<Call>(1, batchEventsLimit)
    lanes.push(1, { id: 1, person: 1, bytes: 100 })
    expect(lanes.take(0, false)).toBeNull()
    expect(lanes.take(0, true)).toHaveLength(1)
    expect(lanes.isEmpty(0)).toBe(true)
  })

  it('hold one call where a destination takes single calls', () => {
    const lanes = new Lanes<Call>(1, requestEventsLimit('single', 1000))
    for (const id of [1, 2, 3]) lanes.push(1, { id, person: 1, bytes: 100 })
    expect(lanes.take(0, false)).toHaveLength(1)
  })

  it('hold no more than a second’s worth of a slow rate', () => {
    expect(requestEventsLimit('batch', 1000)).toBe(1000)
    expect(requestEventsLimit('batch', 100_000)).toBe(batchEventsLimit)
    const lanes = new Lanes<Call>(1, requestEventsLimit('batch', 2))
    for (const id of [1, 2, 3]) lanes.push(1, { id, person: 1, bytes: 100 })
    expect(lanes.take(0, false)?.map(({ id }) => id)).toEqual([1, 2])
  })

  it('go out one after the other for a few events, so that all of them keep their order', () => {
    expect(laneCount(4, 'batch', 500)).toBe(1)
    expect(laneCount(4, 'batch', 501)).toBe(4)
    expect(laneCount(4, 'single', 10)).toBe(4)
  })
})
