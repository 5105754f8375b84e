import type { Finding, Rule } from '../rule.ts'
import { judgedLength, quoted, trimmed } from './name-text.ts'
import type { WrongShape } from './phrase.ts'
import { properName } from './proper-name.ts'
import { teamEnglish } from './team-english.ts'

export const objectAction: Rule = {
  id: 'naming/object-action',
  severity: 'warning',
  title: 'Name is not a noun and a past-tense verb',
  documentation:
    'The Track Spec recommends names built from a noun and a past-tense verb: what it happened to, then what happened. `Invoice Sent` sorts next to the other invoice events and reads as a fact. `Send Invoice` reads as a wish, and `Invoice` alone leaves open what became of it.',
  good: { type: 'track', event: 'Invoice Sent', userId: 'abc123' },
  bad: { type: 'track', event: 'Send Invoice', userId: 'abc123' },
  source: 'Track Spec',
  check(event, facts): Finding[] {
    if (event.type !== 'track' || event.event === null || event.event.length > judgedLength) return []
    const name = trimmed(event.event)
    const { name: better, phrase } = properName(name, teamEnglish(facts))
    if (phrase.verdict !== 'wrong') return []
    return [
      {
        path: 'event',
        message: `${quoted(name)} ${whatIsWrong[phrase.shape]}`,
        reason: 'A noun and a past-tense verb say what happened to what, and sort with their like.',
        suggestion: better,
      },
    ]
  },
}

const whatIsWrong: Record<WrongShape, string> = {
  'verb first': 'reads like an order to do it: the noun comes first, then the verb in the past tense',
  'past verb first': 'begins with its verb: the noun comes first',
  'verb not past': 'ends in a verb that is not in the past tense',
  gerund: 'says that it is going on, not that it has happened',
  'no verb': 'does not say what happened: it has no verb in the past tense',
}
