import type { LintConfig, NameStyle } from '../config.ts'
import type { English, Facts } from '../rule.ts'
import { ownSpelling } from '../words/spelling.ts'

/** English as one team writes it: with words of its own, in its style. */
export interface TeamEnglish extends English {
  style: NameStyle
  /** Whether it is one of the team's own words, however it is written. */
  isOwn(word: string): boolean
  /** How a word is spelt that does not follow the style: `GitHub`; null for any other. */
  spelling(word: string): string | null
  /** The most words that one of the team's own is written in: 2 for `Pay Later`, 0 where there are none. */
  longestOwn: number
}

/** Stands for a word of the team's own where word lists are asked: a noun that is in none of them. */
export const ownNoun = 'ownword'

const known = new WeakMap<English, WeakMap<LintConfig, TeamEnglish>>()

/** The English of whoever has agreed on this configuration. */
export function teamEnglish({ english, config }: Pick<Facts, 'english' | 'config'>): TeamEnglish {
  let ofEnglish = known.get(english)
  if (ofEnglish === undefined) {
    ofEnglish = new WeakMap()
    known.set(english, ofEnglish)
  }
  let team = ofEnglish.get(config)
  if (team === undefined) {
    team = withOwnWords(english, config)
    ofEnglish.set(config, team)
  }
  return team
}

function withOwnWords(english: English, { words, style }: LintConfig): TeamEnglish {
  const own = new Map(words.map((word) => [lettersOf(word), word.trim()]))
  own.delete('')
  const spelling = (word: string): string | null => ownSpelling.get(word.toLowerCase()) ?? null
  if (own.size === 0) return { ...english, style, isOwn: () => false, spelling, longestOwn: 0 }
  // An own word has no verb in it and no plural that English knows of; an s at its end is the plural.
  const ownSpellingOf = (word: string): string | null => {
    const letters = lettersOf(word)
    const whole = own.get(letters)
    if (whole !== undefined) return whole
    const single = letters.endsWith('s') ? own.get(letters.slice(0, -1)) : undefined
    return single === undefined ? null : `${single}s`
  }
  const isOwn = (word: string): boolean => word === ownNoun || ownSpellingOf(word) !== null
  const unlessOwn =
    (answer: (word: string) => string | null): ((word: string) => string | null) =>
    (word) =>
      isOwn(word) ? null : answer(word)
  return {
    style,
    isOwn,
    spelling: (word) => ownSpellingOf(word) ?? spelling(word),
    longestOwn: Math.max(
      ...[...own.values()].map((word) => word.split(/[^\p{L}\p{N}]+|(?<=\p{Ll})(?=\p{Lu})/u).length),
    ),
    partsOfSpeech: (word) => (isOwn(word) ? ['noun'] : english.partsOfSpeech(word)),
    pastTense: unlessOwn(english.pastTense),
    participle: unlessOwn(english.participle),
    infinitive: unlessOwn(english.infinitive),
    singular: (word) => (isOwn(word) ? word : english.singular(word)),
  }
}

function lettersOf(word: string): string {
  return word.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')
}
