import { expect, it } from 'vitest'
import { old } from '../../../../shared/lint/time/old.ts'
import { findings, placesOf } from '../call.ts'

const call = {
  type: 'track',
  event: 'Invoice Sent',
  userId: 'abc123',
  receivedAt: '2026-01-31T09:30:00.000Z',
}

it.each<[timestamp: string, sentAt: string | null, says: string]>([
  ['2026-01-01T09:29:59.999Z', null, '30 days before'],
  ['2025-01-01T00:00:00.000Z', null, '1 year before'],
  ['1970-01-01T00:00:00.000Z', null, '56 years before'],
  // Kept on the device for a quarter of a year, by its own clock.
  ['2026-01-31T09:30:00.000Z', '2026-05-01T09:30:00.000Z', '90 days before'],
])('%s, sent at %s: %s', (timestamp, sentAt, says) => {
  const [found] = findings(old, { ...call, timestamp, sentAt })
  expect(found?.path).toBe('timestamp')
  expect(found?.message).toContain(says)
})

it.each<[timestamp: string | null, sentAt: string | null]>([
  ['2026-01-01T09:30:00.000Z', null],
  ['2026-02-15T09:30:00.000Z', null],
  // The battery was empty, and the clock began anew.
  ['1970-01-01T00:00:10.000Z', '1970-01-01T00:00:12.000Z'],
  [null, '1970-01-01T00:00:12.000Z'],
])('%s, sent at %s, is well', (timestamp, sentAt) => {
  expect(placesOf(old, { ...call, timestamp, sentAt })).toEqual([])
})
