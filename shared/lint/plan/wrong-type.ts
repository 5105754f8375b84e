import { shown, typeName } from '../metadata/value.ts'
import { quoted } from '../naming/name-text.ts'
import type { Rule } from '../rule.ts'
import { violationsOf } from './judge.ts'

export const wrongType: Rule = {
  id: 'plan/wrong-type',
  severity: 'error',
  title: 'Property has another type than planned',
  documentation:
    'A warehouse has one type for a column: a value of another type ends in a second column, as null, or stops the load. Where the value can be written in the planned type without a guess, that is suggested.',
  good: {
    type: 'track',
    event: 'Order Completed',
    userId: 'abc123',
    properties: { order_id: 'o-1', total: 12.5 },
  },
  bad: {
    type: 'track',
    event: 'Order Completed',
    userId: 'abc123',
    properties: { order_id: 'o-1', total: '12.5' },
  },
  source: 'plan',
  check(event, { plan }) {
    return violationsOf(event, plan, 'wrong-type').map(({ path, key, expected, value, better }) => ({
      path,
      message: `${quoted(key)} is ${typeName(value)}, planned is ${expected}: ${shown(value)}`,
      reason: 'Tools that rely on the planned type drop the value or misread it.',
      suggestion: better,
    }))
  },
}
