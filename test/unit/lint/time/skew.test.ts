import { expect, it } from 'vitest'
import { skew } from '../../../../shared/lint/time/skew.ts'
import { factsWith, findings, linted, placesOf } from '../call.ts'

const call = { type: 'page', name: 'Pricing', userId: 'abc123', receivedAt: '2026-01-15T09:30:00.000Z' }

it.each([
  ['2026-01-15T09:35:00.001Z', '5 minutes after', 'fast'],
  ['2026-01-16T09:30:00.000Z', '1 day after', 'fast'],
  ['2026-01-15T09:24:59.999Z', '5 minutes before', 'slow'],
  ['1970-01-01T00:00:12.000Z', '56 years before', 'slow'],
])('sent at %s: %s the arrival, the clock is %s', (sentAt, message, reason) => {
  const [found] = findings(skew, { ...call, sentAt })
  expect(found?.path).toBe('sentAt')
  expect(found?.message).toContain(message)
  expect(found?.reason).toContain(reason)
})

it.each(['2026-01-15T09:35:00.000Z', '2026-01-15T09:25:00.000Z', '2026-01-15T09:29:59.900Z', 'soon', null])(
  'sent at %s: nothing is off',
  (sentAt) => {
    expect(placesOf(skew, { ...call, sentAt })).toEqual([])
  },
)

it('tells of a batch at its first call, and of a call with a time of its own at that', () => {
  const sentAt = '2026-01-15T08:00:00.000Z'
  const ofBatch = { ...linted(call), sentAt: Date.parse(sentAt) }
  const batch = (isFirst: boolean) => factsWith({ batch: { isFirst, events: 3, bytes: 900, sentAt } })
  expect(skew.check(ofBatch, batch(true))).toHaveLength(1)
  expect(skew.check(ofBatch, batch(false))).toEqual([])
  expect(skew.check(linted({ ...call, sentAt }), batch(false))).toHaveLength(1)
})
