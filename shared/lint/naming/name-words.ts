import { bare } from './name-text.ts'
import { ownNoun } from './team-english.ts'
import type { TeamEnglish } from './team-english.ts'

/** The words of a name in any style: spaces, snake_case, kebab-case, dots, camelCase. */
export function wordsOf(name: string, english: TeamEnglish): string[] {
  const isSpaced = /\s/.test(name)
  const words = isSpaced
    ? name
        .split(/[\s_]+/)
        .flatMap((word) => (/^\p{Ll}{3,}\p{Lu}/u.test(word) ? camelWords(word, english) : [word]))
    : name.split(/[_\-./:|>~+\\]+/).flatMap((word) => camelWords(word, english))
  const all = words.filter((word) => word !== '')
  return english.longestOwn > 1 ? withOwnWhole(all, isSpaced, english) : all
}

/** `APIKeyRotated` → API, Key, Rotated; a brand such as `GitHub` or `iOS` stays whole. */
function camelWords(word: string, english: TeamEnglish): string[] {
  if (hasOwnSpelling(word, english)) return [word]
  const parts = word
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .split(' ')
  return joined(parts, 3, (text) => hasOwnSpelling(text, english))
}

/** Pay Later is one word where the team says so, in whatever style the name is. */
function withOwnWhole(words: readonly string[], isSpaced: boolean, english: TeamEnglish): string[] {
  return joined(words, english.longestOwn, (text) => english.isOwn(text), isSpaced ? ' ' : '')
}

/** The words, with the longest runs made one that together are a word. */
function joined(
  words: readonly string[],
  longest: number,
  isWord: (text: string) => boolean,
  joint = '',
): string[] {
  const whole: string[] = []
  for (let index = 0; index < words.length;) {
    let length = Math.min(longest, words.length - index)
    while (length > 1 && !isWord(words.slice(index, index + length).join(joint))) length -= 1
    whole.push(words.slice(index, index + length).join(joint))
    index += length
  }
  return whole
}

/** `GitHub`, `iOS`, `API`: spelt as its owner spells it. */
export function hasOwnSpelling(word: string, english: TeamEnglish): boolean {
  return english.spelling(word) === word
}

/** The word as word lists know it; one of the team's own is a noun that is in none of them. */
export function listed(word: string, english: TeamEnglish): string {
  const plain = bare(word)
  return english.longestOwn > 0 && english.isOwn(plain) ? ownNoun : plain
}
