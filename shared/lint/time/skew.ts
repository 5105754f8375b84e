import type { Facts, LintedEvent, Rule } from '../rule.ts'
import { duration } from './duration.ts'

const toleratedMs = 5 * 60_000

export const skew: Rule = {
  id: 'time/skew',
  severity: 'info',
  title: 'Clock of the device is off',
  documentation:
    '`sentAt` is the moment of sending by the clock of the device, so it should be that of the arrival. Where they are more than five minutes apart, the event’s own time is corrected by as much, and little is lost; tools that take `originalTimestamp` as it is show it in the wrong place. A `sentAt` that is behind may also be that of an earlier attempt, or come from a recording. That of a batch is reported at the first of its calls.',
  good: {
    type: 'track',
    event: 'Invoice Sent',
    userId: 'abc123',
    sentAt: '2026-01-15T09:30:01.000Z',
    receivedAt: '2026-01-15T09:30:02.000Z',
  },
  bad: {
    type: 'track',
    event: 'Invoice Sent',
    userId: 'abc123',
    sentAt: '2026-01-15T08:12:47.000Z',
    receivedAt: '2026-01-15T09:30:02.000Z',
  },
  source: 'Segment spec',
  check(event, facts) {
    if (event.sentAt === null) return []
    const aheadMs = event.sentAt - event.receivedAt
    if (Math.abs(aheadMs) <= toleratedMs || isReported(event, facts)) return []
    return [
      {
        path: 'sentAt',
        message: `\`sentAt\` is ${duration(aheadMs)} ${aheadMs > 0 ? 'after' : 'before'} the arrival`,
        reason:
          aheadMs > 0
            ? 'The clock of the device is fast; times are corrected by sentAt, but not by every tool.'
            : 'The clock of the device is slow, or the call waited after it was stamped; times are corrected by sentAt, but not by every tool.',
        suggestion: null,
      },
    ]
  },
}

/** Whether it is the batch that says it, and its first call has been told. */
function isReported({ payload }: LintedEvent, { batch }: Facts): boolean {
  const own = payload['sentAt']
  return (own === undefined || own === null) && batch !== null && !batch.isFirst
}
