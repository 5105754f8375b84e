import type { Finding, Rule } from '../rule.ts'
import { ownSpelling } from '../words/spelling.ts'
import { wordSet } from '../words/word-set.ts'
import { isGibberish } from './gibberish.ts'
import { judgedLength, quoted, trimmed } from './name-text.ts'
import { wordsOf } from './name-words.ts'
import { teamEnglish } from './team-english.ts'
import type { TeamEnglish } from './team-english.ts'

export const nondescript: Rule = {
  id: 'naming/nondescript',
  severity: 'error',
  title: 'Name says nothing',
  documentation:
    'The Track Spec asks for names that everyone on the team understands at once, and warns of `Event 12` and `TMDropd`. A name that only its author can read, or that was typed to try something out, is of no use to anyone a month later.',
  good: { type: 'track', event: 'Video Recorded', userId: 'abc123' },
  bad: { type: 'track', event: 'Event 12', userId: 'abc123' },
  source: 'Track Spec',
  check(event, facts) {
    return event.type === 'track' && event.event !== null ? saysNothing(event.event, teamEnglish(facts)) : []
  },
}

function saysNothing(raw: string, english: TeamEnglish): Finding[] {
  const name = trimmed(raw.slice(0, judgedLength))
  // A value in the name is another rule's matter, and what is left may say enough.
  if (name === '' || !isNondescript(name, english)) return []
  return [
    {
      path: 'event',
      message: `${quoted(name)} does not say what happened`,
      reason: 'Nobody but its author can tell what this event stands for.',
      suggestion: null,
    },
  ]
}

/** Words that tell nothing, alone or together. */
const empty = wordSet(`
  event events evt ev evnt ev track tracking tracked test tests testing tst foo bar baz qux quux foobar temp tmp todo dummy sample example untitled
  unknown undefined null nan none na blank something anything stuff thing things misc other xxx abc xyz abcd aaa bbb zzz
  asdf qwerty qwe asd hello hi hey lorem ipsum dolor whatever my new some custom generic default the a an this that name string value object type
  no number id fn func function callback trigger triggered fired happened occurred wip tbd lol hmm blah bla haha hallo world myevent newevent testevent someevent customevent eventname placeholder debug data action actions
`)
/** Among the empty words, those that alone or together still name a thing; they need company that is emptier. */
const almostNouns = wordSet(
  'action actions data debug function object number value type name new my the a an this that custom default generic test tests other id no world trigger triggered tracked',
)

function isNondescript(name: string, english: TeamEnglish): boolean {
  if (!/\p{L}/u.test(name)) return true
  const words = wordsOf(name, english)
    .flatMap((word) => word.toLowerCase().split(/[^\p{L}\p{N}]+|\d+/u))
    .filter((word) => word !== '')
  if (words.length === 0) return true
  if (wordsOf(name, english).some((word) => english.isOwn(word))) return false
  if (words.every((word) => word.length === 1 && /[a-z]/.test(word))) return true
  const emptyWords = words.filter((word) => empty.has(word) || (word.length === 1 && /[a-z]/.test(word)))
  const gibberish = words.filter((word) => !emptyWords.includes(word) && isUnreadable(word, english))
  if (emptyWords.length + gibberish.length < words.length) return false
  if (gibberish.length > 0) return true
  if (words.length === 1)
    return !['action', 'tracked', 'triggered'].includes(words[0] ?? '') || /\d/.test(name)
  return !words.every((word) => almostNouns.has(word)) || words.includes('test')
}

function isUnreadable(word: string, english: TeamEnglish): boolean {
  return !ownSpelling.has(word) && english.partsOfSpeech(word).length === 0 && isGibberish(word)
}
