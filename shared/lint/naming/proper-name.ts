import type { English } from '../rule.ts'
import { shortenings } from '../words/spelling.ts'
import type { Phrase } from './phrase.ts'
import { phraseOf } from './phrase.ts'
import { wordsOf } from './name-text.ts'
import { titleCase } from './title-case.ts'

export interface ProperName {
  /** The name as the Track Spec would have it; null when only a person can say. */
  name: string | null
  phrase: Phrase
}

/** Noun and past-tense verb in Title Case. `name` has neither stray spaces nor values in it. */
export function properName(name: string, english: English): ProperName {
  const words = wordsOf(name).flatMap((word) => wholeWords(word, english))
  const phrase = phraseOf(words, english)
  const better = phrase.verdict === 'wrong' ? phrase.better : words
  return { name: better === null || better.length === 0 ? null : titleCase(better, english), phrase }
}

/** `usr` → user; `ordercompleted` → order, completed. */
function wholeWords(word: string, english: English): string[] {
  const lower = word.toLowerCase()
  const meant = shortenings.get(lower)
  if (meant !== undefined) return [meant]
  if (
    word !== lower ||
    lower.length < 8 ||
    !/^[a-z]+$/.test(lower) ||
    english.partsOfSpeech(lower).length > 0
  )
    return [word]
  for (let cut = 3; cut <= lower.length - 4; cut += 1) {
    const [noun, verb] = [lower.slice(0, cut), lower.slice(cut)]
    if (english.partsOfSpeech(noun)[0] === 'noun' && english.partsOfSpeech(verb).includes('past-tense'))
      return [noun, verb]
  }
  return [word]
}
