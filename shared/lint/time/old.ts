import type { Rule } from '../rule.ts'
import { duration } from './duration.ts'

const toleratedMs = 30 * 24 * 3_600_000

export const old: Rule = {
  id: 'time/old',
  severity: 'info',
  title: 'Time lies far in the past',
  documentation:
    'A call that tells of what happened more than 30 days ago, after the correction of the device’s clock. History that is imported or replayed is old on purpose, and is right with the times that it has: then there is nothing to do. Otherwise a queue was stuck, or the time is that of something else: when the user signed up, when the record was made.',
  good: {
    type: 'track',
    event: 'Invoice Sent',
    userId: 'abc123',
    timestamp: '2026-01-15T09:30:00.000Z',
    receivedAt: '2026-01-15T09:30:02.000Z',
  },
  bad: {
    type: 'track',
    event: 'Invoice Sent',
    userId: 'abc123',
    timestamp: '2025-06-01T09:30:00.000Z',
    receivedAt: '2026-01-15T09:30:02.000Z',
  },
  source: 'experience',
  check({ originalTimestamp, timestamp, receivedAt, payload }) {
    const behindMs = receivedAt - timestamp
    if (originalTimestamp === null || behindMs <= toleratedMs) return []
    return [
      {
        path: payload['originalTimestamp'] === undefined ? 'timestamp' : 'originalTimestamp',
        message: `It says that it happened ${duration(behindMs)} before it arrived`,
        reason: 'Some tools refuse what is that old, others change reports that were read long ago.',
        suggestion: null,
      },
    ]
  },
}
