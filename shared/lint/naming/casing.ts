import type { English, Finding, Rule } from '../rule.ts'
import { hasOwnSpelling, judgedLength, quoted, trimmed, wordsOf } from './name-text.ts'
import { properName } from './proper-name.ts'
import { isShouted, isTitleWord } from './title-case.ts'

export const casing: Rule = {
  id: 'naming/casing',
  severity: 'warning',
  title: 'Name is not in Title Case',
  documentation:
    'The Track Spec asks for names that a person can read: words with spaces between them, each with a capital, as in `Order Completed`. One style also keeps `order_completed` and `orderCompleted` from becoming two events. Small words such as “to” may stay small, and acronyms and brands keep their own spelling.',
  good: { type: 'track', event: 'Product Added to Wishlist', userId: 'abc123' },
  bad: { type: 'track', event: 'order_completed', userId: 'abc123' },
  source: 'Track Spec',
  check(event, facts) {
    return event.type === 'track' && event.event !== null ? wrongCase(event.event, facts.english) : []
  },
}

function wrongCase(raw: string, english: English): Finding[] {
  const name = trimmed(raw.slice(0, judgedLength))
  const style = styleOf(name, english)
  if (style === null) return []
  const proper = raw.length > judgedLength ? null : properName(name, english)
  const more = proper !== null && proper.name === null ? ', and it does not say what happened' : ''
  return [
    {
      path: 'event',
      message: `${quoted(name)} is ${style}, not Title Case${more}`,
      reason:
        'Names with spaces and capitals can be read by everyone, and one style keeps an event from being counted twice.',
      suggestion: proper?.name ?? null,
    },
  ]
}

/** How a sentence calls the style of a name that is not in Title Case; null when it is, or has no case. */
function styleOf(name: string, english: English): string | null {
  if (name.toLowerCase() === name.toUpperCase()) return null
  const words = wordsOf(name)
  if (isShouted(words)) return 'in capitals'
  if (!name.includes(' ')) {
    if (words.length > 1) return joinedStyle(name)
    const [word = ''] = words
    return isTitleWord(word, false, english) ? null : 'in small letters'
  }
  const spaced = name.split(' ')
  if (words.length > spaced.length) return 'partly joined without spaces'
  const wrong = spaced.filter(
    (word, index) => !isTitleWord(word, index > 0 && index < spaced.length - 1, english),
  )
  if (wrong.length === 0) return null
  // Other languages write a name like a sentence: only English has Title Case.
  if (!isShoutedAnywhere(wrong) && !hasEnglish(spaced, english)) return null
  return wrong.length === spaced.length ? 'in small letters' : 'only partly capitalised'
}

function isShoutedAnywhere(words: readonly string[]): boolean {
  return words.some((word) => word.length > 3 && word === word.toUpperCase())
}

function hasEnglish(words: readonly string[], english: English): boolean {
  const inLetters = words.filter((word) => /\p{L}/u.test(word))
  const known = inLetters.filter(
    (word) =>
      hasOwnSpelling(word) ||
      (/^[\w'’-]+$/.test(word) && english.partsOfSpeech(word.toLowerCase()).length > 0),
  )
  return known.length * 2 >= inLetters.length
}

function joinedStyle(name: string): string {
  if (name.includes('_')) return 'in snake_case'
  if (/[.:/|>~+\\]/.test(name)) return 'joined by punctuation'
  if (name.includes('-')) return 'in kebab-case'
  return /^\p{Ll}/u.test(name) ? 'in camelCase' : 'in PascalCase'
}
