import { smallWords } from '../words/spelling.ts'
import { isPastForm } from './action.ts'
import { hasOwnSpelling, listed, wordsOf } from './name-words.ts'
import { isOtherLanguage } from './other-language.ts'
import { isNameOrAcronym } from './style.ts'
import type { TeamEnglish } from './team-english.ts'
import { isShouted, isTitleWord } from './title-case.ts'

/** How a sentence calls the style of a name that is not in the team's; null when it is, or has no case. */
export function otherStyle(name: string, english: TeamEnglish): string | null {
  if (name.toLowerCase() === name.toUpperCase()) return null
  switch (english.style) {
    case 'Title Case':
      return notTitleCase(name, english)
    case 'Sentence case':
      return notSentenceCase(name, english)
    case 'snake_case':
      return isJoinedBy('_', name) ? null : styleOf(name, english)
    case 'kebab-case':
      return isJoinedBy('-', name) ? null : styleOf(name, english)
    case 'camelCase':
      return /^(?!\p{Lu})[\p{L}\p{M}\p{N}]+$/u.test(name) ? null : styleOf(name, english)
  }
}

function isJoinedBy(joint: string, name: string): boolean {
  return isSmall(name) && name.split(joint).every((part) => /^[\p{L}\p{M}\p{N}]+$/u.test(part))
}

function isSmall(name: string): boolean {
  return name === name.toLowerCase()
}

/** The style as a sentence calls it, whatever it is. */
function styleOf(name: string, english: TeamEnglish): string {
  const words = wordsOf(name, english)
  if (isShouted(words, english)) return 'in capitals'
  if (!name.includes(' ')) {
    if (words.length > 1) return joinedStyle(name)
    return isSmall(name) ? 'in small letters' : 'in Title Case'
  }
  if (isPartlyJoined(name, english)) return 'partly joined without spaces'
  if (isSmall(name)) return 'in small letters'
  if (notTitleCase(name, english) === null) return 'in Title Case'
  return notSentenceCase(name, english) === null ? 'in Sentence case' : 'only partly capitalised'
}

function notTitleCase(name: string, english: TeamEnglish): string | null {
  const words = wordsOf(name, english)
  if (isShouted(words, english)) return 'in capitals'
  if (!name.includes(' ')) {
    if (words.length > 1) return joinedStyle(name)
    return isTitleWord(words[0] ?? '', false, english) ? null : 'in small letters'
  }
  if (isPartlyJoined(name, english)) return 'partly joined without spaces'
  const wrong = words.filter(
    (word, index) => !isTitleWord(word, index > 0 && index < words.length - 1, english),
  )
  if (wrong.length === 0) return null
  // Only English has Title Case, and a small word that no dictionary knows may be another language's, or a name.
  if (
    !isShoutedAnywhere(wrong) &&
    (isOtherLanguage(words, english) || !wrong.some((word) => isEnglish(word, english)))
  )
    return null
  return wrong.length === words.length ? 'in small letters' : 'only partly capitalised'
}

function notSentenceCase(name: string, english: TeamEnglish): string | null {
  const words = wordsOf(name, english)
  if (isShouted(words, english)) return 'in capitals'
  if (!name.includes(' ')) {
    if (words.length > 1) return joinedStyle(name)
    return isTitleWord(words[0] ?? '', false, english) ? null : 'in small letters'
  }
  if (isPartlyJoined(name, english)) return 'partly joined without spaces'
  const [first = '', ...rest] = words
  const begins = isTitleWord(first, false, english)
  const wrong = rest.filter((word) => !isSentenceWord(word, english))
  if (begins && wrong.length === 0) return null
  // A capital within a sentence is German's way with nouns, and a name's in any language.
  if (isOtherLanguage(words, english)) return null
  if (!begins) return wrong.length === 0 ? 'in small letters' : 'only partly capitalised'
  return wrong.length === rest.filter((word) => !smallWords.has(word)).length
    ? 'in Title Case'
    : 'only partly capitalised'
}

function isSentenceWord(word: string, english: TeamEnglish): boolean {
  if (hasOwnSpelling(word, english)) return true
  if (english.isOwn(word)) return false
  return (
    word === word.toLowerCase() ||
    /^[([]/.test(word) ||
    isNameOrAcronym(word, english) ||
    /^\P{L}*\p{Ll}\p{Lu}/u.test(word)
  )
}

function isShoutedAnywhere(words: readonly string[]): boolean {
  return words.some((word) => word.length > 3 && word === word.toUpperCase())
}

function isEnglish(word: string, english: TeamEnglish): boolean {
  const lower = listed(word, english)
  return (
    english.spelling(word) !== null || english.partsOfSpeech(lower).length > 0 || isPastForm(lower, english)
  )
}

/** Order_Completed Twice, viewItem Clicked: in a name with spaces two words still hang together. */
function isPartlyJoined(name: string, english: TeamEnglish): boolean {
  return wordsOf(name, { ...english, longestOwn: 0 }).length > name.split(' ').length
}

function joinedStyle(name: string): string {
  if (name.includes('_')) return 'in snake_case'
  if (/[.:/|>~+\\]/.test(name)) return 'joined by punctuation'
  if (name.includes('-')) return 'in kebab-case'
  return /^\p{Ll}/u.test(name) ? 'in camelCase' : 'in PascalCase'
}
