import type { Rule } from '../rule.ts'
import { judgedLength, quoted } from './name-text.ts'
import { wordsOf } from './name-words.ts'
import { teamEnglish } from './team-english.ts'

const characters = 60
const words = 8

export const tooLong: Rule = {
  id: 'naming/too-long',
  severity: 'info',
  title: 'Name is long',
  documentation:
    'A name is read in menus, chart legends and column headers. More than 60 characters or eight words no longer fit there; details belong in the metadata.',
  good: { type: 'track', event: 'Invoice Sent', userId: 'abc123' },
  bad: {
    type: 'track',
    event: 'Invoice For The Monthly Subscription Of The Team Plan Sent',
    userId: 'abc123',
  },
  source: 'experience',
  check(event, facts) {
    if (event.type !== 'track' || event.event === null) return []
    const name = event.event
    const count = wordsOf(name.slice(0, judgedLength), teamEnglish(facts)).length
    if (name.length <= characters && count <= words) return []
    const size = name.length > characters ? `${name.length} characters` : `${count} words`
    return [
      {
        path: 'event',
        message: `${quoted(name)} has ${size}; ${characters} characters or ${words} words are plenty`,
        reason: 'Long names are cut off in menus and charts; the details are easier to use as properties.',
        suggestion: null,
      },
    ]
  },
}
