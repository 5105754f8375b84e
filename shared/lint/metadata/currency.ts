import type { Rule } from '../rule.ts'

export const currency: Rule = {
  id: 'metadata/currency',
  severity: 'warning',
  title: 'Revenue without a currency',
  documentation:
    '`revenue` is an amount of money, and only together with `currency`, an ISO 4217 code, can it be added to that of other events. Where all of a team’s amounts are in one currency, say so in the settings once: then nothing is found.',
  good: {
    type: 'track',
    event: 'Subscription Renewed',
    userId: 'abc123',
    properties: { revenue: 25, currency: 'USD' },
  },
  bad: { type: 'track', event: 'Subscription Renewed', userId: 'abc123', properties: { revenue: 25 } },
  source: 'Segment spec',
  check(event, { config }) {
    if (event.type !== 'track' || event.properties === null || config.currency !== null) return []
    if (!isAmount(own(event.properties, 'revenue')) || !isAbsent(own(event.properties, 'currency'))) return []
    return [
      {
        path: 'properties.currency',
        message: '`revenue` has no `currency`',
        reason: 'Tools take it for their own default currency, or leave it out of the total.',
        suggestion: null,
      },
    ]
  },
}

function own(properties: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(properties, key) ? properties[key] : undefined
}

/** Nothing is nothing in every currency. */
function isAmount(revenue: unknown): boolean {
  if (typeof revenue === 'number') return revenue !== 0
  return typeof revenue === 'string' && /^-?\d{1,20}(?:\.\d{1,20})?$/.test(revenue) && Number(revenue) !== 0
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === ''
}
