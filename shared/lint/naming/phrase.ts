import {
  articles,
  auxiliaries,
  describing,
  fillers,
  gerundNouns,
  noObjects,
  nounPairs,
  tailPrepositions,
} from '../words/grammar.ts'
import { actionStrength, doneTo, isPastForm } from './action.ts'
import { listed } from './name-words.ts'
import { isOtherLanguage } from './other-language.ts'
import { isParticleOf } from './particle.ts'
import type { TeamEnglish } from './team-english.ts'
import { withoutPast } from './without-past.ts'

export type WrongShape = 'verb first' | 'past verb first' | 'verb not past' | 'gerund' | 'no verb'

/** What the words of a name make: noun and past-tense verb, something else, or nothing that English could judge. */
export type Phrase =
  | { verdict: 'right' }
  | { verdict: 'unsure' }
  | { verdict: 'wrong'; shape: WrongShape; better: string[] | null }

export const right: Phrase = { verdict: 'right' }
export const unsure: Phrase = { verdict: 'unsure' }

export function wrong(shape: WrongShape, better: string[] | null = null): Phrase {
  return { verdict: 'wrong', shape, better }
}

/** A name taken apart: Items Moved | to Trash. */
export interface Reading {
  /** The words before the tail, as they were written. */
  core: readonly string[]
  /** The same words for a dictionary. */
  lower: readonly string[]
  /** From the first preposition on. */
  tail: readonly string[]
  /** How many words the action has, should the name begin with it: 2 for Roll Back. */
  actionLength: 1 | 2
  /** How likely the first word is the action, 0 to 3. */
  strength: number
  english: TeamEnglish
}

/** What functions are called with, and names after them: didTapButton, onFormSubmit, hasViewedPricing. */
const codeLeads = new Set(['did', 'has', 'had', 'on', 'handle'])

/** Judges the words of a name in their order. Where the language is uncertain the answer is unsure, never wrong. */
export function phraseOf(words: readonly string[], english: TeamEnglish): Phrase {
  const [lead = '', ...rest] = words
  if (rest.length > 0 && codeLeads.has(lead.toLowerCase()) && !english.isOwn(lead)) {
    const phrase = phraseOf(rest, english)
    if (phrase.verdict === 'wrong' && phrase.better !== null) return phrase
  }
  const segments = segmentsOf(words)
  if (segments.length > 1) {
    const phrases = segments.map((segment) => phraseOf(segment, english))
    if (phrases.some(({ verdict }) => verdict === 'right')) return right
    return phrases.every(({ verdict }) => verdict === 'wrong') ? wrong('no verb') : unsure
  }
  const meaningful = words.filter(
    (word) => /[\p{L}\p{N}&+]/u.test(word) && !articles.has(listed(word, english)),
  )
  if (isOtherLanguage(meaningful, english)) return unsure
  const { core, tail } = split(meaningful, english)
  const inner = core.filter((word) => !fillers.has(listed(word, english)))
  if (inner.length === 0) return unsure
  // Add to Cart Clicked: the tail belongs to what was clicked.
  return endsInPast(tail, english)
    ? (withPast(readingOf([...inner, ...tail], [], english)) ?? right)
    : judged(inner, tail, english)
}

function endsInPast(tail: readonly string[], english: TeamEnglish): boolean {
  return tail.length > 2 && isPastForm(listed(tail.at(-1) ?? '', english), english)
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

/** The tail begins at the first preposition that is not the particle of the verb before it. */
function split(words: readonly string[], english: TeamEnglish): { core: string[]; tail: string[] } {
  const begin = words.findIndex((word, index) => {
    const lower = listed(word, english)
    return index > 0 && tailPrepositions.has(lower) && !isParticleOf(words[index - 1], lower, english)
  })
  return begin === -1
    ? { core: [...words], tail: [] }
    : { core: words.slice(0, begin), tail: words.slice(begin) }
}

/** Judges a core without its tail, as it stands in `Reading`. */
export function judged(core: readonly string[], tail: readonly string[], english: TeamEnglish): Phrase {
  const reading = readingOf(core, tail, english)
  return labelClicked(reading) ?? withPast(reading) ?? gerundFirst(reading) ?? withoutPast(reading)
}

function readingOf(core: readonly string[], tail: readonly string[], english: TeamEnglish): Reading {
  const lower = core.map((word) => listed(word, english))
  const [first = ''] = lower
  const actionLength = isParticleOf(first, lower[1] ?? '', english) ? 2 : 1
  // Roll Back can be nothing but a verb.
  const strength = actionLength === 2 && lower.length > 2 ? 3 : actionStrength(first, english)
  return { core, lower, tail, actionLength, strength, english }
}

/** The verdict on a name with a verb in the past; null when there is none, or none that tells what happened. */
function withPast({ core, lower, tail, actionLength, strength, english }: Reading): Phrase | null {
  if (becomes(lower, english)) return right
  const [first = ''] = lower
  const past = lower.flatMap((word, index) => (isPastForm(word, english) ? [index] : []))
  const last = past.at(-1)
  if (last === undefined) return null
  const beginsInPast = past.includes(0)
  const afterNoun = last > 0 && hasNounBefore(last, lower)
  const lastCouldBeNoun = isUnchanging(lower[last] ?? '', english)

  // Swipe Left: the one word that is both a verb in the past and a direction.
  const isDirection = actionLength === 2 && last === 1 && !beginsInPast
  if (afterNoun && !isDirection && endsAt(last, lower, english)) {
    // Place Bid, Request Password Reset: the last word is a noun when another verb leads.
    const anotherLeads =
      !beginsInPast &&
      !nounPairs.has(lower.slice(0, 2).join(' ')) &&
      strength >= (core.length > 2 ? (hardlyNouns.has(lower[last] ?? '') ? 2.5 : 2) : 3)
    if (!lastCouldBeNoun || !anotherLeads) return right
  }
  const rest = core.slice(actionLength)
  // Reset Password: the past of these can't be told from an order to do it.
  if (beginsInPast && (!isUnchanging(first, english) || rest.length === 0)) {
    if (rest.length === 0) return right
    if (describing.has(first)) return last > 0 ? right : wrong('no verb')
    return wrong(
      'past verb first',
      saysWhat(rest, english)
        ? [...rest, ...doneTo(first, english), ...core.slice(1, actionLength), ...tail]
        : null,
    )
  }
  // User Clicked Button: the past is told, if not in the order we like.
  return afterNoun && !lastCouldBeNoun && strength < 2 ? right : null
}

/** Verbs that don't change in the past and are hardly ever nouns: in Ride Fare Split nobody rides. */
const hardlyNouns = new Set([
  'split',
  'cut',
  'put',
  'shut',
  'read',
  'let',
  'quit',
  'beat',
  'spread',
  'hurt',
  'shed',
])

/** Try It Free, Drag and Drop Card: what follows the verb is no noun that could stand alone. */
export function saysWhat(objects: readonly string[], english: TeamEnglish): boolean {
  return !objects.some((word) => noObjects.has(listed(word, english)))
}

/** Became Premium, Got Started: what the subject is now follows. */
function becomes([first = '', second = '']: readonly string[], english: TeamEnglish): boolean {
  const [kind] = english.partsOfSpeech(second)
  return /^(?:became|got|went)$/.test(first) && (kind === 'adjective' || isPastForm(second, english))
}

/** Nothing but particles, numbers and adverbs after it. */
function endsAt(index: number, lower: readonly string[], english: TeamEnglish): boolean {
  return lower.slice(index + 1).every((word, offset) => {
    if (offset === 0 && isParticleOf(lower[index], word, english)) return true
    const [kind] = english.partsOfSpeech(word)
    if (kind === 'adverb' || kind === 'preposition') return true
    return /^(?:v?\d+|up|out|off|on|in|down|back|over|away|offline|online|success|successful)$/.test(word)
  })
}

function hasNounBefore(index: number, lower: readonly string[]): boolean {
  return lower.slice(0, index).some((word) => !auxiliaries.has(word) && !fillers.has(word))
}

function isUnchanging(word: string, english: TeamEnglish): boolean {
  return english.infinitive(word) === word
}

/** Click Learn More, Tap Add to Cart, Click Get Started: what is written on the button is no action of this name. */
function labelClicked({ core, lower, tail, english }: Reading): Phrase | null {
  const [first = '', second = ''] = lower
  if (!/^(?:click|tap)s?$/.test(first) || actionStrength(second, english) < 2.5) return null
  if (second !== 'get' && lower.slice(2).some((word) => isPastForm(word, english))) return null
  const label = tail.length > 0 && core.length > 2 ? core.slice(1) : [...core.slice(1), ...tail]
  const rest = label.length > core.length - 1 ? [] : tail
  return wrong('verb first', [...label, ...doneTo(first, english), ...rest])
}

/** Viewing Product, Logging In. */
function gerundFirst({ core, lower, tail, actionLength, english }: Reading): Phrase | null {
  const [first = ''] = lower
  if (!isGoingOn(first, english)) return null
  const action = [...doneTo(first, english), ...core.slice(1, actionLength)]
  const rest = core.slice(actionLength)
  const saysEnough = rest.length > 0 || tail.length > 0 || actionLength === 2
  return wrong('gerund', saysEnough ? [...rest, ...action, ...tail] : null)
}

/** Whether the word is a verb in -ing, and has not become a noun. */
export function isGoingOn(word: string, english: TeamEnglish): boolean {
  return word.endsWith('ing') && english.infinitive(word) !== null && !gerundNouns.has(word)
}
