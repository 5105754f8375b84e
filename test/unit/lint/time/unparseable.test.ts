import { expect, it } from 'vitest'
import { unparseable } from '../../../../shared/lint/time/unparseable.ts'
import { findings, placesOf } from '../call.ts'

it.each<[sent: unknown, suggestion: string | null]>([
  ['15/01/2026 09:30', null],
  ['01/02/2026', null],
  ['yesterday', null],
  ['', null],
  ['2026-13-45T09:30:00Z', null],
  ['Thu, 15 Jan 2026 09:30:00 GMT', '2026-01-15T09:30:00.000Z'],
  ['Thu Jan 15 2026 10:30:00 GMT+0100 (Central European Standard Time)', '2026-01-15T09:30:00.000Z'],
  // A local time whose zone nobody knows.
  ['Jan 15, 2026 09:30', null],
  ['1768469400000', '2026-01-15T09:30:00.000Z'],
  ['1768469400', '2026-01-15T09:30:00.000Z'],
  ['20260115', null],
  [true, null],
  [{}, null],
  [[], null],
  [1e300, null],
  [`${'9'.repeat(100_000)}`, null],
  [`Jan ${'1:00 '.repeat(20_000)}GMT`, null],
])('%j is no date', (timestamp, suggestion) => {
  const found = findings(unparseable, { type: 'track', event: 'Invoice Sent', userId: 'abc123', timestamp })
  expect(found).toMatchObject([{ path: 'timestamp', suggestion }])
})

it.each<unknown>([
  '2026-01-15T09:30:00.000Z',
  '2026-01-15T09:30:00+01:00',
  '2026-01-15T09:30:00.123456789Z',
  '2026-01-15 09:30:00',
  '2026-01-15',
  1768469400000,
  1768469400,
  null,
  undefined,
])('%j is one, or none was sent', (timestamp) => {
  const call = { type: 'track', event: 'Invoice Sent', userId: 'abc123', timestamp }
  expect(placesOf(unparseable, call)).toEqual([])
})

it('looks at each time that a call can have', () => {
  const call = { type: 'track', userId: 'a', originalTimestamp: 'then', timestamp: 'now', sentAt: 'soon' }
  expect(placesOf(unparseable, call)).toEqual(['timestamp', 'originalTimestamp', 'sentAt'])
})

it('tells what is wrong with the time of a batch at its first call, unless the call has its own', () => {
  const batch = { isFirst: true, events: 3, bytes: 900, sentAt: 'soon' }
  const call = { type: 'track', event: 'Invoice Sent', userId: 'abc123' }
  const own = { ...call, sentAt: '2026-01-15T09:30:00.000Z' }
  expect(placesOf(unparseable, call, { batch })).toEqual(['sentAt'])
  expect(placesOf(unparseable, call, { batch: { ...batch, isFirst: false } })).toEqual([])
  expect(placesOf(unparseable, call, { batch: { ...batch, sentAt: undefined } })).toEqual([])
  expect(placesOf(unparseable, own, { batch })).toEqual([])
})
