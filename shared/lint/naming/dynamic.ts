import type { Finding, Rule } from '../rule.ts'
import { judgedLength, quoted, trimmed } from './name-text.ts'
import { properName } from './proper-name.ts'
import { teamEnglish } from './team-english.ts'
import type { TeamEnglish } from './team-english.ts'
import { firstValue, withoutValues } from './values-in-name.ts'

export const dynamic: Rule = {
  id: 'naming/dynamic',
  severity: 'error',
  title: 'Name has a value in it',
  documentation:
    'An id, an e-mail address, a date or an amount in the name makes a new event of every call: nothing can be counted, and most tools stop at a few thousand names. The value belongs in a property; then the event has one name and can still be filtered by it.',
  good: { type: 'track', event: 'Order Completed', userId: 'abc123', properties: { order_id: '1234' } },
  bad: { type: 'track', event: 'Order 1234 Completed', userId: 'abc123' },
  source: 'experience',
  check(event, facts) {
    return event.type === 'track' && event.event !== null ? valueInside(event.event, teamEnglish(facts)) : []
  },
}

function valueInside(raw: string, english: TeamEnglish): Finding[] {
  const name = trimmed(raw.slice(0, judgedLength))
  const value = firstValue(name, english)
  if (value === null) return []
  const rest = withoutValues(name, english)
  const proper = rest === '' || raw.length > judgedLength ? null : properName(rest, english)
  return [
    {
      path: 'event',
      message: `${quoted(name)} has ${value.what} in it: send ${quoted(value.text)} as the property \`${value.property}\``,
      reason: 'Every value makes a new event of its own, and the action can no longer be counted.',
      suggestion: proper === null ? null : (proper.name ?? null),
    },
  ]
}
