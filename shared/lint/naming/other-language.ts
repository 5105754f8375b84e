import { otherEndings, otherWords } from '../words/other-languages.ts'
import { ownSpelling } from '../words/spelling.ts'
import { bare } from './name-text.ts'
import type { TeamEnglish } from './team-english.ts'

/**
 * Whether the words are another language's. A word of it is enough, unless an English verb in the past says otherwise:
 * Café Visited. Brands and products are words that no dictionary knows, too, so a word that is merely unknown is none.
 */
export function isOtherLanguage(words: readonly string[], english: TeamEnglish): boolean {
  const lower = words.map(bare).filter((word) => /\p{L}/u.test(word) && !english.isOwn(word))
  if (lower.some((word) => /(?!\p{Script=Latin})\p{L}/u.test(word))) return true
  if (!lower.some((word) => isOtherWord(word, english))) return false
  return !lower.some((word) => !isOtherWord(word, english) && isEnglishPast(word, english))
}

function isOtherWord(word: string, english: TeamEnglish): boolean {
  if (/(?!\p{ASCII})\p{L}/u.test(word)) return true
  if (english.partsOfSpeech(word).length > 0 || ownSpelling.has(word)) return false
  return otherWords.has(word) || (word.length > 4 && otherEndings.some((ending) => ending.test(word)))
}

function isEnglishPast(word: string, english: TeamEnglish): boolean {
  return english.partsOfSpeech(word).includes('past-tense')
}
