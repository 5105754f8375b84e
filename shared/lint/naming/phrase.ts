import type { English } from '../rule.ts'
import { verbStrength } from '../words/event-verbs.ts'
import {
  actionsAsNouns,
  agents,
  articles,
  auxiliaries,
  compoundActions,
  describing,
  everybody,
  fillers,
  gerundNouns,
  ongoing,
  partsOfThings,
  phrasalVerbs,
  sessionActions,
  tailPrepositions,
} from '../words/grammar.ts'
import { actionStrength, isPastForm, pastOf } from './action.ts'
import { bare } from './name-text.ts'
import { ownSpelling } from '../words/spelling.ts'

export type WrongShape = 'verb first' | 'past verb first' | 'verb not past' | 'gerund' | 'no verb'

/** What the words of a name make: noun and past-tense verb, something else, or nothing that English could judge. */
export type Phrase =
  | { verdict: 'right' }
  | { verdict: 'unsure' }
  | { verdict: 'wrong'; shape: WrongShape; better: string[] | null }

const right: Phrase = { verdict: 'right' }
const unsure: Phrase = { verdict: 'unsure' }

function wrong(shape: WrongShape, better: string[] | null = null): Phrase {
  return { verdict: 'wrong', shape, better }
}

/** Judges the words of a name in their order. Where the language is uncertain the answer is unsure, never wrong. */
export function phraseOf(words: readonly string[], english: English): Phrase {
  const segments = segmentsOf(words)
  if (segments.length > 1) {
    const phrases = segments.map((segment) => phraseOf(segment, english))
    if (phrases.some(({ verdict }) => verdict === 'right')) return right
    return phrases.every(({ verdict }) => verdict === 'wrong') ? wrong('no verb') : unsure
  }
  const meaningful = words.filter((word) => /\p{L}/u.test(word) && !articles.has(bare(word)))
  if (meaningful.some((word) => /[^\p{ASCII}’–—…]/u.test(word))) return unsure
  const { core, tail } = split(meaningful, english)
  const inner = core.filter((word) => !fillers.has(bare(word)))
  if (inner.length === 0) return unsure
  return judged(inner, tail, english)
}

/** `Billing: Invoice Sent` and `Invoice Sent (Web)` say where; the words beside it say what. */
function segmentsOf(words: readonly string[]): string[][] {
  const segments: string[][] = [[]]
  for (const word of words) {
    if (/^[-–—|>:/•]+$/.test(word)) segments.push([])
    else if (/^[([]/.test(word)) segments.push([word])
    else segments.at(-1)?.push(word)
    if (/[:)\]]$/.test(word)) segments.push([])
  }
  return segments.filter((segment) => segment.length > 0)
}

interface Parts {
  core: string[]
  tail: string[]
}

/** The tail begins at the first preposition that is not the particle of the verb before it. */
function split(words: readonly string[], english: English): Parts {
  for (let index = 1; index < words.length; index += 1) {
    const word = bare(words[index] ?? '')
    if (!tailPrepositions.has(word)) continue
    if (isParticleOf(words[index - 1], word, english)) continue
    // Sign Up For: the preposition may follow a particle, yet a name can't begin with its tail.
    return { core: words.slice(0, index), tail: words.slice(index) }
  }
  return { core: [...words], tail: [] }
}

function isParticleOf(verb: string | undefined, word: string, english: English): boolean {
  const lower = bare(verb ?? '')
  return phrasalVerbs.get(english.infinitive(lower) ?? lower)?.has(word) ?? false
}

function judged(core: readonly string[], tail: readonly string[], english: English): Phrase {
  const lower = core.map(bare)
  const [first = ''] = lower
  const particleFirst = isParticleOf(core[0], lower[1] ?? '', english)
  const actionLength = particleFirst ? 2 : 1
  const rest = core.slice(actionLength)
  const past = lower.flatMap((word, index) => (isPastForm(word, english) ? [index] : []))
  const lastPast = past.at(-1) ?? -1
  const isSame = english.infinitive(first) === first
  const strength = actionStrength(first, english)

  if (lastPast > 0 && endsAt(lastPast, lower, english)) {
    // Place Bid, Request Password Reset: the last word is a noun when another verb leads.
    const couldBeNoun = isUnchanging(lower[lastPast] ?? '', english)
    const leads = strength >= (core.length > 2 ? 2 : 3) && !past.includes(0)
    if (!(couldBeNoun && leads) && hasNounBefore(lastPast, lower)) return right
  }
  if (past.includes(0) && !(isSame && rest.length > 0)) {
    if (rest.length === 0) return right
    if (describing.has(first)) return lastPast > 0 ? right : wrong('no verb')
    return wrong('past verb first', moved(rest, core.slice(0, actionLength), tail))
  }
  if (lastPast > 0 && !isUnchanging(lower[lastPast] ?? '', english) && hasNounBefore(lastPast, lower)) {
    // User Clicked Button: the past is told, if not in the order we like.
    if (strength < 2) return right
  }
  if (first.endsWith('ing') && english.infinitive(first) !== null && !gerundNouns.has(first)) {
    if (lower.length === 1)
      return tail.length > 0
        ? wrong('gerund', [...actionInPast(core, first, english), ...tail])
        : wrong('gerund')
    return wrong('gerund', moved(rest, actionInPast(core.slice(0, actionLength), first, english), tail))
  }
  return withoutPast(core, lower, tail, rest, actionLength, strength, english)
}

/** Nothing but particles, numbers and adverbs after it. */
function endsAt(index: number, lower: readonly string[], english: English): boolean {
  return lower.slice(index + 1).every((word, offset) => {
    if (offset === 0 && isParticleOf(lower[index], word, english)) return true
    const [kind] = english.partsOfSpeech(word)
    return (
      kind === 'adverb' ||
      kind === 'preposition' ||
      /^(?:v?\d+|up|out|off|on|in|down|back|over|away)$/.test(word)
    )
  })
}

function hasNounBefore(index: number, lower: readonly string[]): boolean {
  return lower.slice(0, index).some((word) => !auxiliaries.has(word) && !fillers.has(word))
}

function isUnchanging(word: string, english: English): boolean {
  return english.infinitive(word) === word
}

function moved(objects: readonly string[], action: readonly string[], tail: readonly string[]): string[] {
  // Click On Button: a preposition that belonged to the verb has nothing left to point at.
  return [...objects, ...action, ...tail]
}

function actionInPast(action: readonly string[], verb: string, english: English): string[] {
  const past = pastOf(verb, english)
  return past === null ? [...action] : [past, ...action.slice(1)]
}

function withoutPast(
  core: readonly string[],
  lower: readonly string[],
  tail: readonly string[],
  rest: readonly string[],
  actionLength: number,
  firstStrength: number,
  english: English,
): Phrase {
  const [first = ''] = lower
  const known = lower.filter((word) => isKnown(word, english)).length
  const allKnown = known === lower.length
  const isClear =
    allKnown || (lower.length > 2 && known >= lower.length - 1 && isKnown(lower.at(-1) ?? '', english))

  if (rest.length === 0) return alone(core, first, tail, firstStrength, allKnown, english)
  const last = lower.at(-1) ?? ''
  if (ongoing.has(last)) return right

  const verb = verbAtEnd(core, lower, english)
  const subjectLed = everybody.has(first) || agents.has(first)
  if (subjectLed && lower.length > 2) {
    const second = actionStrength(lower[1] ?? '', english)
    if (second >= 2 && second > (verb?.strength ?? 0) && !isParticleOf(core[1], last, english)) {
      const inner = judged(core.slice(1), tail, english)
      if (inner.verdict !== 'wrong') return wrong('verb not past')
      const better = inner.better === null || everybody.has(first) ? inner.better : svo(core, tail, english)
      return wrong('verb not past', better)
    }
  }
  if (firstStrength > 0 && firstStrength >= (verb?.strength ?? 0)) {
    const isNounOfParts =
      firstStrength <= 2 &&
      (partsOfThings.has(last) || firstStrength <= 1) &&
      !(firstStrength === 2 && tail.length > 0)
    if (isNounOfParts) return isClear ? wrong('no verb') : unsure
    if (!allKnown && firstStrength < 2.5) return unsure
    return wrong('verb first', moved(rest, actionInPast(core.slice(0, actionLength), first, english), tail))
  }
  if (verb !== null && (isClear || verb.strength >= 2.5))
    return wrong('verb not past', verb.better === null ? null : [...verb.better, ...tail])
  if (last.endsWith('ing') && english.infinitive(last) !== null && !gerundNouns.has(last)) {
    return isClear
      ? wrong('gerund', [
          ...core.slice(0, -1),
          ...actionInPast([], last, english),
          ...pastWord(last, english),
          ...tail,
        ])
      : unsure
  }
  return isClear ? wrong('no verb') : unsure
}

function pastWord(verb: string, english: English): string[] {
  const past = pastOf(verb, english)
  return past === null ? [] : [past]
}

/** Admin Approves Request → Admin Approved Request: who did it is part of the fact. */
function svo(core: readonly string[], tail: readonly string[], english: English): string[] {
  return [...core.slice(0, 1), ...actionInPast(core.slice(1), bare(core[1] ?? ''), english), ...tail]
}

function alone(
  core: readonly string[],
  word: string,
  tail: readonly string[],
  strength: number,
  isEnglish: boolean,
  english: English,
): Phrase {
  const compound = compoundActions.get(word)
  if (compound !== undefined) {
    if (!sessionActions.has(word)) return wrong('no verb')
    const [verb, particle] = compound
    return wrong('verb not past', [...pastWord(verb, english), particle, ...tail])
  }
  if (core.length > 1 && isParticleOf(core[0], bare(core[1] ?? ''), english) && verbStrength(word) > 0) {
    return wrong('verb not past', [...actionInPast(core, word, english), ...tail])
  }
  if (strength >= 2.5 || (strength >= 2 && tail.length > 0)) {
    return wrong(
      'verb not past',
      strength === 3 || tail.length > 0 ? [...actionInPast(core, word, english), ...tail] : null,
    )
  }
  return isEnglish ? wrong('no verb') : unsure
}

interface VerbAtEnd {
  strength: number
  better: string[] | null
}

/** The verb that a name without past tense ends in: Product View, User Sign Up, Form Submission. */
function verbAtEnd(core: readonly string[], lower: readonly string[], english: English): VerbAtEnd | null {
  const last = lower.at(-1) ?? ''
  const before = lower.at(-2) ?? ''
  if (core.length > 2 && isParticleOf(before, last, english) && actionStrength(before, english) > 0) {
    return { strength: 3, better: [...core.slice(0, -2), ...pastWord(before, english), ...core.slice(-1)] }
  }
  const compound = compoundActions.get(last)
  if (compound !== undefined) {
    const [verb, particle] = compound
    // A Newsletter Signup did not sign up; a user did.
    const fits = !sessionActions.has(last) || agents.has(before)
    return { strength: 2, better: fits ? [...core.slice(0, -1), ...pastWord(verb, english), particle] : null }
  }
  const action = actionsAsNouns.get(last)
  if (action !== undefined) {
    return { strength: 2.5, better: [...core.slice(0, -1), ...pastWord(action, english)] }
  }
  const strength = actionStrength(last, english) - (isPluralNoun(last, english) ? 1 : 0)
  if (strength < 1.5 || nounPairs.has(`${before} ${last}`)) return null
  return { strength, better: [...core.slice(0, -1), ...pastWord(last, english)] }
}

/** Two words that are one noun, although the second could be a verb. */
const nounPairs: ReadonlySet<string> = new Set([
  'pull request',
  'friend request',
  'support request',
  'feature request',
  'api request',
  'bank transfer',
  'help support',
  'customer support',
  'app store',
  'test drive',
  'phone call',
  'video call',
  'product review',
  'customer review',
  'price change',
  'live stream',
  'book store',
  'price drop',
  'free trial',
  'credit check',
  'data plan',
])

/** `opens` may be what an e-mail does, `updates` are more often things. */
function isPluralNoun(word: string, english: English): boolean {
  return word.endsWith('s') && english.infinitive(word) !== word
}

function isKnown(word: string, english: English): boolean {
  return ownSpelling.has(word) || /\d/.test(word) || english.partsOfSpeech(word).length > 0
}
