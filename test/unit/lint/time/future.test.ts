import { expect, it } from 'vitest'
import { future } from '../../../../shared/lint/time/future.ts'
import { findings, placesOf } from '../call.ts'

const call = {
  type: 'track',
  event: 'Invoice Sent',
  userId: 'abc123',
  receivedAt: '2026-01-15T09:30:00.000Z',
}

it.each<[timestamp: string, sentAt: string | null, says: string]>([
  ['2026-01-15T09:31:00.001Z', null, '1 minute after'],
  ['2026-01-15T11:30:00.000Z', null, '2 hours after'],
  ['2031-01-15T09:30:00.000Z', null, '4 years after'],
  ['2026-01-15T15:00:00.000Z', '2026-01-15T09:30:00.000Z', '5 hours after'],
  // The clock is an hour fast, and the call lies ahead even of that.
  ['2026-01-15T11:00:00.000Z', '2026-01-15T10:30:00.000Z', '30 minutes after'],
])('%s, sent at %s: %s', (timestamp, sentAt, says) => {
  const [found] = findings(future, { ...call, timestamp, sentAt })
  expect(found?.path).toBe('timestamp')
  expect(found?.message).toContain(says)
})

it.each<[timestamp: string | null, sentAt: string | null]>([
  ['2026-01-15T09:31:00.000Z', null],
  ['2026-01-15T09:29:00.000Z', null],
  // A clock that is a day fast takes nothing out of order.
  ['2026-01-16T09:29:58.000Z', '2026-01-16T09:30:00.000Z'],
  [null, null],
  [null, '2027-01-01T00:00:00.000Z'],
])('%s, sent at %s, is well', (timestamp, sentAt) => {
  expect(placesOf(future, { ...call, timestamp, sentAt })).toEqual([])
})

it('guesses a local time where the difference is one of zones', () => {
  const reasonFor = (timestamp: string) => findings(future, { ...call, timestamp })[0]?.reason
  expect(reasonFor('2026-01-15T11:29:58.000Z')).toContain('local time')
  expect(reasonFor('2026-01-15T15:00:00.000Z')).toContain('local time')
  expect(reasonFor('2026-01-15T11:13:00.000Z')).not.toContain('local time')
  expect(reasonFor('2026-01-16T09:30:00.000Z')).not.toContain('local time')
  expect(reasonFor('2026-01-15T09:31:30.000Z')).not.toContain('local time')
})

it('points to the key that the time was sent under', () => {
  expect(placesOf(future, { ...call, originalTimestamp: '2026-02-15T09:30:00.000Z' })).toEqual([
    'originalTimestamp',
  ])
})
