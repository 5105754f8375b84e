import { phrasalVerbs } from '../words/grammar.ts'
import { smallWords, wordsToo } from '../words/spelling.ts'
import { hasOwnSpelling, listed } from './name-words.ts'
import type { TeamEnglish } from './team-english.ts'

/** The words in Title Case, joined by spaces. What is already right stays as the writer wrote it. */
export function titleCase(words: readonly string[], english: TeamEnglish): string {
  const shouted = isShouted(words, english)
  return words
    .map((word, index) => {
      const inner = index > 0 && index < words.length - 1
      const before = listed(words[index - 1] ?? '', english)
      const particle =
        phrasalVerbs.get(english.infinitive(before) ?? before)?.has(listed(word, english)) ?? false
      return titleWord(word, inner && !particle, shouted, english)
    })
    .join(' ')
}

/** Whether the whole name is in capitals: then capitals say nothing about a single word. */
export function isShouted(words: readonly string[], english: TeamEnglish): boolean {
  const inLetters = words.filter((word) => /\p{L}/u.test(word))
  const plain = inLetters.filter((word) => !hasOwnSpelling(word, english) || wordsToo.has(word.toLowerCase()))
  return (
    inLetters.every((word) => word === word.toUpperCase() && /\p{Lu}/u.test(word)) &&
    plain.some((word) => word.length > 3)
  )
}

/** The word's spelling where it has one of its own: `GitHub`, `API`; null for any other, and for `it` and `us`. */
export function spelt(word: string, isShoutedName: boolean, english: TeamEnglish): string | null {
  const own = english.spelling(word)
  if (own === null || english.isOwn(word)) return own
  return !wordsToo.has(word.toLowerCase()) || (word === own && !isShoutedName) ? own : null
}

function titleWord(word: string, maySmall: boolean, shouted: boolean, english: TeamEnglish): string {
  const lower = word.toLowerCase()
  if (maySmall && smallWords.has(lower) && !english.isOwn(word))
    return shouted || word === lower ? lower : capitalised(lower)
  const own = spelt(word, shouted, english)
  if (own !== null) return own
  if (!shouted && hasTitleCase(word)) return word
  const letters = shouted || /^\p{Lu}+$/u.test(word) ? lower : word
  return letters.split('-').map(capitalised).join('-')
}

export function capitalised(word: string): string {
  return word.replace(/\p{L}/u, (letter) => letter.toUpperCase())
}

/** A capital first, and not capitals throughout unless it is short: an acronym that we don't know. */
function hasTitleCase(word: string): boolean {
  const first = /\p{L}/u.exec(word)?.[0]
  if (first === undefined || first.toLowerCase() === first.toUpperCase()) return true
  if (/^\P{L}*\p{Ll}\p{Lu}/u.test(word)) return true
  if (first !== first.toUpperCase()) return false
  return word.length <= 3 || !/^\p{Lu}+$/u.test(word)
}

/** Whether a word of a name with spaces is written as Title Case wants it. */
export function isTitleWord(word: string, inner: boolean, english: TeamEnglish): boolean {
  if (hasOwnSpelling(word, english)) return true
  if (english.isOwn(word)) return false
  const first = /[\p{L}\p{N}]/u.exec(word)?.[0]
  if (first === undefined || first.toLowerCase() === first.toUpperCase()) return true
  if (first === first.toLowerCase()) {
    // iOS, eBook, x-ray's cousins: a small first letter before a capital is a brand's way.
    return (inner && smallWords.has(word)) || /^\P{L}*\p{Ll}\p{Lu}/u.test(word)
  }
  const shoutedWord = word.length > 3 && /^\p{Lu}+$/u.test(word)
  return !shoutedWord || english.partsOfSpeech(word.toLowerCase()).length === 0
}
