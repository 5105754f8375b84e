import type { Finding, Rule } from '../rule.ts'
import { bare, judgedLength, quoted } from './name-text.ts'
import { wordsOf } from './name-words.ts'
import { teamEnglish } from './team-english.ts'
import type { TeamEnglish } from './team-english.ts'

export const nearDuplicate: Rule = {
  id: 'naming/near-duplicate',
  severity: 'warning',
  title: 'Name is almost one that is in use',
  documentation:
    'Two names for one action split its numbers in two. The finding appears when a name differs from one in use by case, spacing, tense, plural or a single letter; the name that is used most is suggested.',
  good: { type: 'track', event: 'Order Completed', userId: 'abc123' },
  bad: { type: 'track', event: 'Orders Completed', userId: 'abc123' },
  source: 'experience',
  check(event, facts): Finding[] {
    if (event.type !== 'track' || event.event === null || event.event.length > judgedLength) return []
    const other = facts.lookAlike
    if (other === null || other.name === event.event || !isSlip(event.event, other.name, teamEnglish(facts)))
      return []
    return [
      {
        path: 'event',
        message: `${quoted(event.event)} is almost ${quoted(other.name)}, which is in use`,
        reason: 'If both mean the same action, its numbers are split in two.',
        suggestion: other.name,
      },
    ]
  },
}

/** Card Added and Cart Added are one letter apart and two events: each of the words is a word. */
function isSlip(name: string, other: string, english: TeamEnglish): boolean {
  const [words, others] = [wordsOf(name, english).map(bare), wordsOf(other, english).map(bare)]
  if (words.length !== others.length) return true
  return words.every((word, index) => {
    const counterpart = others[index] ?? ''
    if (word === counterpart) return true
    if (english.singular(word) === english.singular(counterpart)) return true
    const verb = english.infinitive(word)
    if (verb !== null && verb === english.infinitive(counterpart)) return true
    return english.partsOfSpeech(word).length === 0 || english.partsOfSpeech(counterpart).length === 0
  })
}
