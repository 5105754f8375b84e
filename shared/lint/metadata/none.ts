import { specOf } from '../../spec/semantic-events.ts'
import type { Rule } from '../rule.ts'

export const none: Rule = {
  id: 'metadata/none',
  severity: 'info',
  title: 'Track call has no properties',
  documentation:
    'Properties tell what the name alone can’t: how much, which, where. The Track Spec recommends to send them whenever there are any.',
  good: { type: 'track', event: 'Invoice Sent', userId: 'abc123', properties: { total_amount: 123.45 } },
  bad: { type: 'track', event: 'Invoice Sent', userId: 'abc123' },
  source: 'Track Spec',
  check(event, facts) {
    if (event.type !== 'track') return []
    // The spec has events that need none: Application Foregrounded.
    if (specOf(event.event, event.properties, facts.config.style)?.properties.types.size === 0) return []
    const sent = event.payload['properties'] ?? event.properties
    if (sent !== null && sent !== undefined && !isEmptyContainer(sent)) return []
    return [
      {
        path: 'properties',
        message: 'This track call has no properties',
        reason: 'Properties give a fuller picture of what people do, and can’t be added to past events.',
        suggestion: null,
      },
    ]
  },
}

function isEmptyContainer(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0
}
