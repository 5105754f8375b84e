import type { English } from '../rule.ts'
import { verbStrength } from '../words/event-verbs.ts'
import { intransitive, notPast } from '../words/grammar.ts'

/** Whether the word can be a verb in the past: `sent`, `shown`, `reset`, and anything unknown in -ed. */
export function isPastForm(word: string, english: English): boolean {
  if (notPast.has(word)) return false
  const verb = word.replace(/-(?:in|out|up|off|on|back|over)$/, '')
  if (english.partsOfSpeech(verb).includes('past-tense')) return true
  return verb.length > 4 && verb.endsWith('ed')
}

/** How likely the word is the action of a name: 3 for `send`, 0 for no verb. */
export function actionStrength(word: string, english: English): number {
  const infinitive = english.infinitive(word)
  if (infinitive === null) return 0
  // A Landing Page lands nowhere: only send and sends can lead or end a name as its verb.
  if (infinitive !== word && !word.endsWith('s')) return 0
  const strength = verbStrength(infinitive)
  if (strength > 0) return strength
  const kinds = english.partsOfSpeech(infinitive)
  return kinds[0] === 'verb' ? (kinds.includes('noun') ? 1 : 1.8) : 0
}

/** What became of the object: `sent` for `send`, `shown` for `show`. Empty when the word is no verb. */
export function doneTo(word: string, english: English): string[] {
  const participle = english.participle(english.infinitive(word) ?? word)
  return participle === null ? [] : [participle]
}

/** What the subject did, which it may have done by itself: `began` for `begin`, yet `shown` for `show`. */
export function happenedTo(word: string, english: English): string[] {
  const infinitive = english.infinitive(word) ?? word
  const past = intransitive.has(infinitive) ? english.pastTense(infinitive) : null
  return past === null ? doneTo(infinitive, english) : [past]
}
