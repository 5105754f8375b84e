import { verbStrength } from '../words/event-verbs.ts'
import {
  agents,
  buttonVerbs,
  compoundActions,
  everybody,
  modifiers,
  nounPairs,
  ongoing,
  partsOfThings,
  sessionActions,
  verbPairs,
} from '../words/grammar.ts'
import { ownSpelling } from '../words/spelling.ts'
import { actionStrength, doneTo, happenedTo, isPastForm } from './action.ts'
import { isParticleOf } from './particle.ts'
import type { Phrase, Reading } from './phrase.ts'
import { isGoingOn, judged, right, saysWhat, unsure, wrong } from './phrase.ts'
import { bare } from './name-text.ts'
import { verbAtEnd } from './verb-at-end.ts'

/** The verdict on a name in which nothing is in the past: Send Invoice, Product View, Order. */
export function withoutPast(reading: Reading): Phrase {
  const { core, lower, tail, actionLength, strength, english } = reading
  const [first = ''] = lower
  const last = lower.at(-1) ?? ''
  if (core.length === actionLength) return actionAlone(reading)
  if (ongoing.has(last)) return right

  const pair = lower.slice(0, 2).join(' ')
  if (lower.length === 2 && verbPairs.has(pair)) return wrong('verb first', turned(reading))
  if (nounPairs.has(pair)) return wrong('no verb')
  if (lower.length === 2 && turnedCompounds.has(first) && !partsOfThings.has(last)) {
    const [verb, particle] = compoundActions.get(first) ?? [first, '']
    return wrong('verb first', [...core.slice(1), ...doneTo(verb, english), particle, ...tail])
  }

  const sure = isSurelyEnglish(reading)
  const verb = verbAtEnd(core, lower, english)
  const ofSubject = subjectFirst(reading, verb?.strength ?? 0)
  if (ofSubject !== null) return ofSubject
  if (/^buttons?$/.test(last) && !buttonVerbs.has(english.infinitive(first) ?? first)) return wrong('no verb')
  if (isGoingOn(last, english)) {
    return sure ? wrong('gerund', [...core.slice(0, -1), ...happenedTo(last, english), ...tail]) : unsure
  }
  if (strength > 0 && strength >= (verb?.strength ?? 0)) {
    const isNoun =
      strength <= 1 ||
      (partsOfThings.has(last) && (modifiers.has(first) || (actionLength === 2 && !movements.has(first))))
    if (isNoun) return sure ? wrong('no verb') : unsure
    // Only a word that is a verb above all, such as connect, vouches for unknown words after it.
    return strength >= 2.5 || lower.every((word) => isKnown(word, reading))
      ? wrong('verb first', turned(reading))
      : unsure
  }
  if (verb !== null && (sure || verb.isCertain)) {
    return wrong('verb not past', verb.better === null ? null : [...verb.better, ...tail])
  }
  return sure ? wrong('no verb') : unsure
}

/** Setup Account means the verb; Login Page and Checkout Step do not. */
const turnedCompounds = new Set(['setup', 'backup', 'rollback'])

/** Scroll Down Page and Fill Out Form are orders; Sign Up Page is a page. */
const movements = new Set(['scroll', 'swipe', 'zoom', 'turn', 'fill', 'pick', 'put', 'hand'])

/** Send Invoice → Invoice Sent: the action goes behind, in the past. */
function turned({ core, lower, tail, actionLength, english }: Reading): string[] | null {
  const done = doneTo(lower[0] ?? '', english)
  if (done.length === 0 || !saysWhat(core.slice(actionLength), english)) return null
  return [...core.slice(actionLength), ...done, ...core.slice(1, actionLength), ...tail]
}

/** User Clicks Button. Who did it is left out when it is everybody, and kept otherwise: Admin Deleted User. */
function subjectFirst({ core, lower, tail, english }: Reading, strengthAtEnd: number): Phrase | null {
  const [first = '', second = ''] = lower
  if (!agents.has(first) || lower.length < 3) return null
  const strength = actionStrength(second, english)
  if (strength < 2 || strength <= strengthAtEnd || isParticleOf(second, lower[2] ?? '', english)) return null
  const action = judged(core.slice(1), tail, english)
  if (action.verdict !== 'wrong' || action.better === null) return wrong('verb not past')
  if (everybody.has(first)) return wrong('verb not past', action.better)
  return wrong('verb not past', [...core.slice(0, 1), ...doneTo(second, english), ...core.slice(2), ...tail])
}

/** Login, Subscribe, Swipe Left, Add | to Cart: nothing but the action, if it is one. */
function actionAlone(reading: Reading): Phrase {
  const { core, lower, tail, actionLength, strength, english } = reading
  const [word = ''] = lower
  const compound = compoundActions.get(word)
  if (compound !== undefined) {
    if (!sessionActions.has(word)) return wrong('no verb')
    const [verb, particle] = compound
    return wrong('verb not past', [...doneTo(verb, english), particle, ...tail])
  }
  const action = [...doneTo(word, english), ...core.slice(1), ...tail]
  if (actionLength === 2 && verbStrength(english.infinitive(word) ?? word) > 0)
    return wrong('verb not past', action)
  if (pointsAt(word, tail)) return wrong('verb first', [...tail.slice(1), ...doneTo(word, english)])
  if (strength === 3 || (strength >= 2 && tail.length > 0)) return wrong('verb not past', action)
  if (strength >= 2.5) return wrong('verb not past')
  return isKnown(word, reading) ? wrong('no verb') : unsure
}

/** Click On Button: the button was clicked. */
function pointsAt(verb: string, tail: readonly string[]): boolean {
  return tail.length > 1 && /^(?:click|tap|press)s?$/.test(verb) && bare(tail[0] ?? '') === 'on'
}

/** All words are known, or all but one of three and more, with the last known. */
function isSurelyEnglish(reading: Reading): boolean {
  const { lower } = reading
  const unknown = lower.filter((word) => !isKnown(word, reading))
  return unknown.length === 0 || (unknown.length === 1 && lower.length > 2 && unknown[0] !== lower.at(-1))
}

function isKnown(word: string, { english }: Reading): boolean {
  return (
    word === '' ||
    ownSpelling.has(word) ||
    /\d/.test(word) ||
    english.partsOfSpeech(word).length > 0 ||
    isPastForm(word, english)
  )
}
