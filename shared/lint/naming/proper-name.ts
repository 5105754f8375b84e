import { shortenings } from '../words/spelling.ts'
import type { Phrase } from './phrase.ts'
import { phraseOf } from './phrase.ts'
import { wordsOf } from './name-words.ts'
import { inStyle } from './style.ts'
import type { TeamEnglish } from './team-english.ts'

export interface ProperName {
  /** The name as the Track Spec and the team would have it; null when only a person can say. */
  name: string | null
  phrase: Phrase
}

/** Noun and past-tense verb in the team's style. `name` has neither stray spaces nor values in it. */
export function properName(name: string, english: TeamEnglish): ProperName {
  const words = wordsOf(name, english).flatMap((word) => wholeWords(word, english))
  const phrase = phraseOf(words, english)
  const better = phrase.verdict === 'wrong' ? phrase.better : words
  return { name: better === null || better.length === 0 ? null : inStyle(better, english), phrase }
}

/** `usr` → user; `ordercompleted` → order, completed. */
function wholeWords(word: string, english: TeamEnglish): string[] {
  const lower = word.toLowerCase()
  const meant = shortenings.get(lower)
  if (meant !== undefined && !english.isOwn(lower)) return [meant]
  if (
    word !== lower ||
    lower.length < 8 ||
    !/^[a-z]+$/.test(lower) ||
    english.partsOfSpeech(lower).length > 0 ||
    english.isOwn(lower)
  )
    return [word]
  for (let cut = 3; cut <= lower.length - 4; cut += 1) {
    const [noun, verb] = [lower.slice(0, cut), lower.slice(cut)]
    if (english.partsOfSpeech(noun)[0] === 'noun' && english.partsOfSpeech(verb).includes('past-tense'))
      return [noun, verb]
  }
  return [word]
}
