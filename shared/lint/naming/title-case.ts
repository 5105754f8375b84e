import type { English } from '../rule.ts'
import { phrasalVerbs } from '../words/grammar.ts'
import { ownSpelling, smallWords, wordsToo } from '../words/spelling.ts'
import { bare, hasOwnSpelling } from './name-text.ts'

/** The words in Title Case, joined by spaces. What is already right stays as the writer wrote it. */
export function titleCase(words: readonly string[], english: English): string {
  const shouted = isShouted(words)
  return words
    .map((word, index) => {
      const inner = index > 0 && index < words.length - 1
      const before = bare(words[index - 1] ?? '')
      const particle = phrasalVerbs.get(english.infinitive(before) ?? before)?.has(bare(word)) ?? false
      return titleWord(word, inner && !particle, shouted)
    })
    .join(' ')
}

/** Whether the whole name is in capitals: then capitals say nothing about a single word. */
export function isShouted(words: readonly string[]): boolean {
  const inLetters = words.filter((word) => /\p{L}/u.test(word))
  const plain = inLetters.filter((word) => !hasOwnSpelling(word) || wordsToo.has(word.toLowerCase()))
  return (
    inLetters.every((word) => word === word.toUpperCase() && /\p{Lu}/u.test(word)) &&
    plain.some((word) => word.length > 3)
  )
}

function titleWord(word: string, maySmall: boolean, shouted: boolean): string {
  const lower = word.toLowerCase()
  if (maySmall && smallWords.has(lower)) return shouted || word === lower ? lower : capitalised(lower)
  const own = ownSpelling.get(lower)
  if (own !== undefined && (!wordsToo.has(lower) || (word === own && !shouted))) return own
  if (!shouted && hasTitleCase(word)) return word
  const letters = shouted || /^\p{Lu}+$/u.test(word) ? lower : word
  return letters.split('-').map(capitalised).join('-')
}

function capitalised(word: string): string {
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
export function isTitleWord(word: string, inner: boolean, english: English): boolean {
  if (hasOwnSpelling(word)) return true
  const first = /[\p{L}\p{N}]/u.exec(word)?.[0]
  if (first === undefined || first.toLowerCase() === first.toUpperCase()) return true
  if (first === first.toLowerCase()) {
    // iOS, eBook, x-ray's cousins: a small first letter before a capital is a brand's way.
    return (inner && smallWords.has(word)) || /^\P{L}*\p{Ll}\p{Lu}/u.test(word)
  }
  const shoutedWord = word.length > 3 && /^\p{Lu}+$/u.test(word)
  return !shoutedWord || english.partsOfSpeech(word.toLowerCase()).length === 0
}
