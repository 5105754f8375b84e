import type { Finding, Rule } from '../rule.ts'
import { invisible, judgedLength, quoted, trimmed } from './name-text.ts'
import { properName } from './proper-name.ts'
import { teamEnglish } from './team-english.ts'
import type { TeamEnglish } from './team-english.ts'

export const whitespace: Rule = {
  id: 'naming/whitespace',
  severity: 'warning',
  title: 'Name has stray spaces or invisible characters',
  documentation:
    'Two names that look the same but differ by a space are two events in every tool downstream. Leading, trailing, double and invisible characters are usually left over from string building or copying.',
  good: { type: 'track', event: 'Order Completed', userId: 'abc123' },
  bad: { type: 'track', event: ' Order  Completed', userId: 'abc123' },
  source: 'experience',
  check(event, facts) {
    return event.type === 'track' && event.event !== null ? straySpaces(event.event, teamEnglish(facts)) : []
  },
}

function straySpaces(name: string, english: TeamEnglish): Finding[] {
  const what = whatIsStray(name)
  if (what === null) return []
  const clean = trimmed(name.slice(0, judgedLength))
  if (clean === '') return []
  return [
    {
      path: 'event',
      message: `${quoted(name)} ${what}`,
      reason: 'It looks like the clean name but is counted as another event.',
      suggestion: name.length > judgedLength ? null : (properName(clean, english).name ?? clean),
    },
  ]
}

function whatIsStray(name: string): string | null {
  const begin = name.slice(0, judgedLength)
  if (/[\t\n\r]/.test(begin)) return 'has a tab or a line break in it'
  if (begin.search(invisible) !== -1) return 'has an invisible character in it'
  if (/^\s/u.test(begin)) return 'begins with a space'
  if (/\s$/u.test(name)) return 'ends with a space'
  if (/\s\s/u.test(begin)) return 'has two spaces in a row'
  if (/[^\S ]/u.test(begin)) return 'has a space in it that is not the ordinary one'
  return null
}
