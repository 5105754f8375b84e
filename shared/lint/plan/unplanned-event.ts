import { quoted } from '../naming/name-text.ts'
import type { Rule } from '../rule.ts'

export const unplannedEvent: Rule = {
  id: 'plan/unplanned-event',
  severity: 'warning',
  title: 'Event is not in the tracking plan',
  documentation:
    'The plan is what everybody counts on: an event that it does not know is either a slip in the name or something new that nobody has agreed on. Where the plan has a name that differs only by case, spacing, tense, plural or one letter, that one is suggested; what is new belongs into the plan first.',
  good: {
    type: 'track',
    event: 'Order Completed',
    userId: 'abc123',
    properties: { order_id: 'o-1', total: 12.5 },
  },
  bad: {
    type: 'track',
    event: 'Orders Completed',
    userId: 'abc123',
    properties: { order_id: 'o-1', total: 12.5 },
  },
  source: 'plan',
  check(event, { plan }) {
    if (plan === null || event.type !== 'track' || event.event === null || event.event === '') return []
    if (plan.violations(event) !== null) return []
    const planned = plan.lookAlike(event.event)
    return [
      {
        path: 'event',
        message:
          planned === null
            ? `${quoted(event.event)} is not in the tracking plan`
            : `${quoted(event.event)} is not in the tracking plan, ${quoted(planned)} is`,
        reason:
          planned === null
            ? 'Nobody has agreed on what it means: add it to the plan, or stop sending it.'
            : 'Whoever looks for the planned name will miss these events.',
        suggestion: planned,
      },
    ]
  },
}
