import type { Rule } from '../rule.ts'
import { duration } from './duration.ts'

const toleratedMs = 60_000
const halfHourMs = 30 * 60_000
/** How far from whole half hours a wrong zone may be: what passes between the call and its sending. */
const slackMs = 2 * 60_000
/** The zone furthest from UTC: Kiribati’s. */
const furthestZoneMs = 14 * 3_600_000

export const future: Rule = {
  id: 'time/future',
  severity: 'warning',
  title: 'Time lies in the future',
  documentation:
    'A call can’t tell of what has not happened yet. The device’s clock is no excuse: how far it is off shows in `sentAt`, and is taken off before the rule looks; only a call without `sentAt` is measured by the clock as it is. More than a minute is most often a local time that was sent without its zone, and is read as UTC.',
  good: {
    type: 'track',
    event: 'Invoice Sent',
    userId: 'abc123',
    timestamp: '2026-01-15T09:30:00.000Z',
    sentAt: '2026-01-15T09:30:01.000Z',
    receivedAt: '2026-01-15T09:30:02.000Z',
  },
  bad: {
    type: 'track',
    event: 'Invoice Sent',
    userId: 'abc123',
    timestamp: '2026-01-15T11:30:00.000Z',
    sentAt: '2026-01-15T09:30:01.000Z',
    receivedAt: '2026-01-15T09:30:02.000Z',
  },
  source: 'Segment spec',
  check({ originalTimestamp, timestamp, receivedAt, payload }) {
    const aheadMs = timestamp - receivedAt
    if (originalTimestamp === null || aheadMs <= toleratedMs) return []
    return [
      {
        path: payload['originalTimestamp'] === undefined ? 'timestamp' : 'originalTimestamp',
        message: `It says that it happened ${duration(aheadMs)} after it arrived`,
        reason: isZone(aheadMs)
          ? 'Reports of today leave it out; a local time without its zone looks like this: send UTC, with a Z at its end.'
          : 'Reports of today leave it out; send the moment at which it happened.',
        suggestion: null,
      },
    ]
  },
}

/** Whether a clock would differ by so much from one in another zone. */
function isZone(ms: number): boolean {
  const halfHours = Math.round(ms / halfHourMs)
  return halfHours > 0 && ms <= furthestZoneMs && Math.abs(ms - halfHours * halfHourMs) <= slackMs
}
