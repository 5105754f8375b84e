import { actionsAsNouns, agents, compoundActions, nounPairs, sessionActions } from '../words/grammar.ts'
import { wordSet } from '../words/word-set.ts'
import { actionStrength, happenedTo } from './action.ts'
import { isParticleOf } from './particle.ts'
import type { TeamEnglish } from './team-english.ts'

export interface VerbAtEnd {
  /** On the scale of `actionStrength`. */
  strength: number
  /** Whether it tells by itself that the name is English. */
  isCertain: boolean
  /** The name with its verb in the past; null when it can't be told who did what. */
  better: string[] | null
}

/** Call End, Upload Start: they end a name far more often than they are the noun of the word before. */
const endings = wordSet(
  'end start open close click tap press toggle select submit fail complete cancel change',
)
/** Build Fail: nobody can do these to something. */
const unaided = wordSet('fail succeed expire occur arrive')
/** Tap Start, Request Change: after these they are the noun. */
const leading = wordSet(
  'click tap press push hit touch hold mark try request log track report save commit pull undo redo review test',
)

/** The verb that a name without past tense ends in: Product View, User Sign Up, Form Submission. */
export function verbAtEnd(
  core: readonly string[],
  lower: readonly string[],
  english: TeamEnglish,
): VerbAtEnd | null {
  const last = lower.at(-1) ?? ''
  const before = lower.at(-2) ?? ''
  const inPast = (verb: string, words: number): string[] => [
    ...core.slice(0, -words),
    ...happenedTo(verb, english),
    ...core.slice(core.length - words + 1),
  ]
  if (core.length > 2 && isParticleOf(before, last, english) && actionStrength(before, english) > 0) {
    return { strength: 3, isCertain: true, better: inPast(before, 2) }
  }
  const compound = compoundActions.get(last)
  if (compound !== undefined) {
    const [verb, particle] = compound
    // A Newsletter Signup did not sign up; a user did.
    const fits = !sessionActions.has(last) || agents.has(before)
    return { strength: 2, isCertain: false, better: fits ? [...inPast(verb, 1), particle] : null }
  }
  // Request Password Reset: if the last word were the verb, it would be in the past already.
  if (english.participle(last) === last) return null
  const action = actionsAsNouns.get(last)
  // Select Delivery: a verb before it leads. Purchase Complete: only a plain verb could.
  const isOutcome = /^(?:complete|success|unsuccess|fail)/.test(last)
  if (action !== undefined)
    return { strength: isOutcome ? 2.9 : 1.9, isCertain: true, better: inPast(action, 1) }
  // `opens` may be what an e-mail does; `updates` are more often things.
  const plural = last.endsWith('s') && english.infinitive(last) !== last
  const ofVerb = actionStrength(last, english)
  // Upload Fails: a word that is never a noun can't be the plural of one.
  const isThirdPerson =
    plural && ofVerb === 3 && actionStrength(lower[0] ?? '', english) < 3 && !isNoun(last, english)
  const endsIt = core.length === 2 && endings.has(last) && !leading.has(lower[0] ?? '')
  const strength =
    isThirdPerson || unaided.has(last) ? 3.1 : endsIt ? Math.max(ofVerb, 2.9) : ofVerb - (plural ? 1 : 0)
  if (strength < 1.5 || nounPairs.has(`${before} ${last}`)) return null
  // A Refund Request was requested: what it asks for stands before it.
  if (last === 'request') return { strength: 2.2, isCertain: false, better: inPast(last, 1) }
  return { strength, isCertain: strength >= 2.5, better: inPast(last, 1) }
}

function isNoun(word: string, english: TeamEnglish): boolean {
  return [word, english.singular(word)].some((form) => english.partsOfSpeech(form).includes('noun'))
}
