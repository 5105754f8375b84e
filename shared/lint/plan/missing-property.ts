import { quoted } from '../naming/name-text.ts'
import type { Rule } from '../rule.ts'
import { violationsOf } from './judge.ts'

export const missingProperty: Rule = {
  id: 'plan/missing-property',
  severity: 'error',
  title: 'Property that the plan requires is missing',
  documentation:
    'The plan says that every event of this name carries the property. Reports and audiences that filter by it leave this event out without a word, so send it always, or make it optional in the plan.',
  good: {
    type: 'track',
    event: 'Order Completed',
    userId: 'abc123',
    properties: { order_id: 'o-1', total: 12.5 },
  },
  bad: { type: 'track', event: 'Order Completed', userId: 'abc123', properties: { order_id: 'o-1' } },
  source: 'plan',
  check(event, { plan }) {
    return violationsOf(event, plan, 'missing-property').map(({ path, key, expected }) => ({
      path,
      message: `The property ${quoted(key)} is missing; the plan requires ${expected}`,
      reason: 'What filters or groups by it leaves this event out.',
      suggestion: null,
    }))
  },
}
