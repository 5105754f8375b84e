import type { Rule } from '../rule.ts'
import { trimmed } from './name-text.ts'

export const missing: Rule = {
  id: 'naming/missing',
  severity: 'error',
  title: 'Track call has no name',
  documentation:
    'Every track call records one action, and `event` says which. Without it the call can be neither counted nor found: most tools refuse it or file it under “unknown”.',
  good: { type: 'track', event: 'Invoice Sent', userId: 'abc123' },
  bad: { type: 'track', event: '', userId: 'abc123' },
  source: 'Track Spec',
  check(event) {
    if (event.type !== 'track') return []
    const name = event.payload['event'] ?? event.event
    if (typeof name === 'string' && trimmed(name.slice(0, 10_000)) !== '') return []
    return [
      {
        path: 'event',
        message: whatIsWrong(name),
        reason: 'The name is what the action is counted and found by.',
        suggestion: null,
      },
    ]
  },
}

function whatIsWrong(name: unknown): string {
  if (name === undefined || name === null) return 'This track call has no event name'
  if (typeof name === 'string') return name === '' ? 'The event name is empty' : 'The event name is blank'
  return `The event name is ${Array.isArray(name) ? 'an array' : typeof name === 'object' ? 'an object' : `a ${typeof name}`}, not text`
}
