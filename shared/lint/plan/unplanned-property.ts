import { quoted } from '../naming/name-text.ts'
import type { Rule } from '../rule.ts'
import { violationsOf } from './judge.ts'

export const unplannedProperty: Rule = {
  id: 'plan/unplanned-property',
  severity: 'warning',
  title: 'Property is not in the tracking plan',
  documentation:
    'The event is planned, but without this property: most often its key is misspelt, and the planned one is suggested. A property that is new belongs into the plan; an event whose schema says `additionalProperties: true` may carry anything.',
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
    properties: { order_id: 'o-1', total: 12.5, Currency: 'EUR' },
  },
  source: 'plan',
  check(event, { plan }) {
    return violationsOf(event, plan, 'unplanned-property').map(({ path, key, nearest }) => ({
      path,
      message:
        nearest === null
          ? `The plan has no property ${quoted(key)} here`
          : `The plan has no property ${quoted(key)} here, but ${quoted(nearest)}`,
      reason:
        nearest === null
          ? 'Nobody expects it: add it to the plan, or stop sending it.'
          : 'Whoever reads the planned property does not find this value.',
      suggestion: nearest,
    }))
  },
}
