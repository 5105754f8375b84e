import type { NameStyle } from '../config.ts'
import type { Finding, Rule } from '../rule.ts'
import { judgedLength, quoted, trimmed } from './name-text.ts'
import { otherStyle } from './other-style.ts'
import { properName } from './proper-name.ts'
import { teamEnglish } from './team-english.ts'
import type { TeamEnglish } from './team-english.ts'

export const casing: Rule = {
  id: 'naming/casing',
  severity: 'warning',
  title: 'Name is not in the agreed style',
  documentation:
    'The Track Spec asks for names that a person can read: words with spaces between them, each with a capital, as in `Order Completed`. One style also keeps `order_completed` and `orderCompleted` from becoming two events; a team that has agreed on another, such as snake_case, is held to that one. Small words such as “to” may stay small, and acronyms, brands and words of the team’s own keep their spelling.',
  good: { type: 'track', event: 'Product Added to Wishlist', userId: 'abc123' },
  bad: { type: 'track', event: 'order_completed', userId: 'abc123' },
  source: 'Track Spec',
  check(event, facts) {
    return event.type === 'track' && event.event !== null ? wrongCase(event.event, teamEnglish(facts)) : []
  },
}

function wrongCase(raw: string, english: TeamEnglish): Finding[] {
  const name = trimmed(raw.slice(0, judgedLength))
  const style = otherStyle(name, english)
  if (style === null) return []
  const proper = raw.length > judgedLength ? null : properName(name, english)
  const more = proper !== null && proper.name === null ? ', and it does not say what happened' : ''
  return [
    {
      path: 'event',
      message: `${quoted(name)} is ${style}, not ${english.style}${more}`,
      reason: reasonFor(english.style),
      suggestion: proper?.name ?? null,
    },
  ]
}

function reasonFor(style: NameStyle): string {
  const agreed =
    style === 'Title Case'
      ? 'Names with spaces and capitals can be read by everyone, and'
      : `The team has agreed on ${style}:`
  return `${agreed} one style keeps an event from being counted twice.`
}
