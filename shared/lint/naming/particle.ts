import { phrasalVerbs } from '../words/grammar.ts'
import { listed } from './name-words.ts'
import type { TeamEnglish } from './team-english.ts'

/** Whether verb and word make one action: rolled back, signed up. The verb may have any form. */
export function isParticleOf(verb: string | undefined, word: string, english: TeamEnglish): boolean {
  const lower = listed(verb ?? '', english)
  return phrasalVerbs.get(english.infinitive(lower) ?? lower)?.has(word) ?? false
}
