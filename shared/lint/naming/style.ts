import { isOtherLanguage } from './other-language.ts'
import type { TeamEnglish } from './team-english.ts'
import { capitalised, isShouted, spelt, titleCase } from './title-case.ts'

/** The words as a name in the team's style. */
export function inStyle(words: readonly string[], english: TeamEnglish): string {
  switch (english.style) {
    case 'Title Case':
      // Other languages write a name like a sentence.
      return isOtherLanguage(words, english) ? sentenceCase(words, english) : titleCase(words, english)
    case 'Sentence case':
      return sentenceCase(words, english)
    case 'snake_case':
      return plainParts(words).join('_')
    case 'kebab-case':
      return plainParts(words).join('-')
    case 'camelCase':
      return camelCase(words, english)
  }
}

function sentenceCase(words: readonly string[], english: TeamEnglish): string {
  const shouted = isShouted(words, english)
  return words
    .map((word, index) => {
      const own = spelt(word, shouted, english)
      if (own !== null) return own
      const kept = !shouted && isNameOrAcronym(word, english) ? word : word.toLowerCase()
      return index === 0 ? capitalised(kept) : kept
    })
    .join(' ')
}

function camelCase(words: readonly string[], english: TeamEnglish): string {
  const shouted = isShouted(words, english)
  const spellings = words.flatMap((word) => {
    const own = spelt(word, shouted, english)
    return own === null ? plainParts([word]) : [own.replace(/[^\p{L}\p{N}]+/gu, '')]
  })
  return spellings
    .map((word, index) => {
      if (index === 0) return /\p{Ll}/u.test(word) ? uncapitalised(word) : word.toLowerCase()
      // SSOSMSSent could not be read again.
      const isAfterCapital = /\p{Lu}$/u.test(spellings[index - 1] ?? '') && index > 1
      return capitalised(isAfterCapital && /^\p{Lu}+$/u.test(word) ? word.toLowerCase() : word)
    })
    .join('')
}

/** What snake_case and kebab-case are joined of: small letters and numbers. */
function plainParts(words: readonly string[]): string[] {
  return words
    .flatMap((word) =>
      word
        .toLowerCase()
        .replace(/[’']/g, '')
        .replace(/&/g, ' and ')
        .split(/[^\p{L}\p{M}\p{N}]+/u),
    )
    .filter((part) => part !== '')
}

function uncapitalised(word: string): string {
  return word.replace(/^\p{Lu}/u, (letter) => letter.toLowerCase())
}

/** Slack or XYZ in the middle of a sentence: no English word, so its capitals mean something. */
export function isNameOrAcronym(word: string, english: TeamEnglish): boolean {
  return (
    /^\p{Lu}{2,}\d*s?$/u.test(word) ||
    (/^\p{Lu}/u.test(word) && english.partsOfSpeech(word.toLowerCase()).length === 0)
  )
}
