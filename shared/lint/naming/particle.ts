import type { English } from '../rule.ts'
import { phrasalVerbs } from '../words/grammar.ts'
import { bare } from './name-text.ts'

/** Whether verb and word make one action: rolled back, signed up. The verb may have any form. */
export function isParticleOf(verb: string | undefined, word: string, english: English): boolean {
  const lower = bare(verb ?? '')
  return phrasalVerbs.get(english.infinitive(lower) ?? lower)?.has(word) ?? false
}
