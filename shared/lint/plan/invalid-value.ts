import type { Rule } from '../rule.ts'
import { violationsOf } from './judge.ts'

export const invalidValue: Rule = {
  id: 'plan/invalid-value',
  severity: 'error',
  title: 'Value is not one that the plan permits',
  documentation:
    'The type is right, the value is not: it is none of the listed ones, outside of the planned range, or not in the planned format. Where a listed value differs only by case, spacing or a letter, that one is suggested.',
  good: {
    type: 'track',
    event: 'Order Completed',
    userId: 'abc123',
    properties: { order_id: 'o-1', total: 12.5, currency: 'EUR' },
  },
  bad: {
    type: 'track',
    event: 'Order Completed',
    userId: 'abc123',
    properties: { order_id: 'o-1', total: 12.5, currency: 'eur' },
  },
  source: 'plan',
  check(event, { plan }) {
    return violationsOf(event, plan, 'invalid-value').map(({ path, message, better }) => ({
      path,
      message,
      reason: 'A value that nobody planned for ends up in no report, or in the wrong one.',
      suggestion: better,
    }))
  },
}
