import type { English, PartOfSpeech } from '../../../shared/lint/rule.ts'
import { mixedVerbs, nounsThatCanBeVerbs, plainVerbs } from '../../../shared/lint/words/event-verbs.ts'
import { articles, auxiliaries, fillers, tailPrepositions } from '../../../shared/lint/words/grammar.ts'
import { irregularVerbs } from '../../../shared/lint/words/irregular-verbs.ts'
import { conjugation, singular } from '../../../shared/lint/words/inflection.ts'
import { productAdjectives, productNouns } from '../../../shared/lint/words/nouns.ts'
import { wordsByTags } from './dictionary.generated.ts'

/** The longest word that is looked up. Characters. */
const longestWord = 40

/** A small word's answers are asked for again and again; new words are rare. */
const remembered = 5_000

type Form = 'infinitive' | 'present' | 'past' | 'gerund'

interface VerbForm {
  infinitive: string
  form: Form
}

/** `put`, `reset`: the same word in the past. */
const unchanging: ReadonlySet<string> = new Set(
  irregularVerbs
    .filter(({ infinitive, past, participle }) => infinitive === past || infinitive === participle)
    .map(({ infinitive }) => infinitive),
)

/** Names of people and places say nothing about the language, so they are no parts of speech. */
const partOfTag: ReadonlyMap<string, PartOfSpeech> = new Map([
  ['Infinitive', 'verb'],
  ['PresentTense', 'verb'],
  ['Imperative', 'verb'],
  ['PastTense', 'past-tense'],
  ['Participle', 'past-tense'],
  ['Gerund', 'gerund'],
  ['Singular', 'noun'],
  ['Plural', 'noun'],
  ['Actor', 'noun'],
  ['Uncountable', 'noun'],
  ['Duration', 'noun'],
  ['Adjective', 'adjective'],
  ['Comparative', 'adjective'],
  ['Superlative', 'adjective'],
  ['Adverb', 'adverb'],
  ['Preposition', 'preposition'],
  ['Conjunction', 'other'],
  ['Determiner', 'other'],
  ['Pronoun', 'other'],
  ['Possessive', 'other'],
  ['Cardinal', 'other'],
  ['Ordinal', 'adjective'],
  ['QuestionWord', 'other'],
  ['Negative', 'adverb'],
  ['Modal', 'other'],
  ['WeekDay', 'noun'],
  ['Month', 'noun'],
])

interface Dictionary {
  /** Compromise's tags of each word. */
  tags: ReadonlyMap<string, readonly string[]>
  /** Every form of the verbs in our own lists. */
  verbForms: ReadonlyMap<string, VerbForm>
}

/** It takes 4 MB in each thread that has it: it is put together when the first word is looked up. */
let dictionary: Dictionary | null = null

function known(): Dictionary {
  return (dictionary ??= { tags: compromiseTags(), verbForms: formsOfKnownVerbs() })
}

/**
 * English as event names use it. Our own lists answer first; compromise's dictionary, taken out of it when
 * Trackside is built, knows the rest. Its tagger is not used: it guesses a part of speech for any word, and takes 0.3 ms.
 */
export const english: English = {
  partsOfSpeech: memoised(partsOfSpeech),
  pastTense: memoised((word) => conjugated(word, 'past')),
  participle: memoised((word) => conjugated(word, 'participle')),
  infinitive: memoised((word) => verbForm(word)?.infinitive ?? null),
  singular: memoised(singular),
}

function memoised<Answer>(answerTo: (word: string) => Answer): (word: string) => Answer {
  const answers = new Map<string, Answer>()
  return (word) => {
    const before = answers.get(word)
    if (before !== undefined || answers.has(word)) return before as Answer
    const answer = answerTo(word.length > longestWord ? '' : word.toLowerCase())
    if (word.length <= longestWord) {
      if (answers.size >= remembered) answers.clear()
      answers.set(word, answer)
    }
    return answer
  }
}

function partsOfSpeech(word: string): readonly PartOfSpeech[] {
  if (!/^[a-z][a-z'’-]*$/.test(word)) return []
  if (articles.has(word) || auxiliaries.has(word)) return ['other']
  if (tailPrepositions.has(word) || word === 'of') return ['preposition']
  const parts = new Set<PartOfSpeech>()
  const form = verbForm(word)
  const noun = productNouns.has(word) || productNouns.has(singular(word))
  const tags = known().tags.get(word) ?? []
  if (form !== null && form.infinitive === word && plainVerbs.has(word)) parts.add('verb')
  if (noun) parts.add('noun')
  if (productAdjectives.has(word)) parts.add('adjective')
  if (fillers.has(word)) parts.add('adverb')
  if (form !== null && form.form !== 'infinitive') {
    if (form.form === 'past') parts.add('past-tense')
    parts.add(form.form === 'gerund' ? 'gerund' : form.form === 'past' ? 'past-tense' : 'verb')
  }
  if (form?.form === 'infinitive') {
    parts.add('verb')
    if (unchanging.has(word)) parts.add('past-tense')
  }
  for (const tag of tags) {
    const part = partOfTag.get(tag)
    if (part !== undefined) parts.add(part)
  }
  if (parts.size === 0 && word.includes('-')) {
    const halves = word.split('-').map((half) => partsOfSpeech(half))
    if (halves.every((half) => half.length > 0)) for (const part of halves.at(-1) ?? []) parts.add(part)
  }
  if (parts.size === 0) {
    const one = singular(word)
    if (one !== word && (known().tags.get(one) ?? []).some((tag) => partOfTag.get(tag) === 'noun'))
      parts.add('noun')
  }
  return [...parts]
}

function verbForm(word: string): VerbForm | null {
  const listed = known().verbForms.get(word)
  if (listed !== undefined) return listed
  const tags = known().tags.get(word) ?? []
  if (tags.includes('Infinitive')) return { infinitive: word, form: 'infinitive' }
  const form = tags.includes('Gerund')
    ? 'gerund'
    : tags.includes('PresentTense')
      ? 'present'
      : tags.includes('PastTense') || tags.includes('Participle')
        ? 'past'
        : null
  if (form === null) return tags.length === 0 && !productNouns.has(word) ? prefixedVerb(word) : null
  for (const infinitive of possibleInfinitives(word, form)) {
    if (known().tags.get(infinitive)?.includes('Infinitive') === true) return { infinitive, form }
  }
  return null
}

/** Rebook, unstake, overwrite: a verb that no dictionary has, made of one that is known. */
function prefixedVerb(word: string): VerbForm | null {
  const [prefix = '', rest] = prefixOf(word) ?? []
  const verb = rest === undefined ? undefined : known().verbForms.get(rest)
  return verb === undefined ? null : { infinitive: prefix + verb.infinitive, form: verb.form }
}

function prefixOf(word: string): [prefix: string, rest: string] | null {
  const prefix = /^(?:re|un|pre|over|under|out|mis|co|auto|de|dis)-?(?=[a-z]{4})/.exec(word)?.[0]
  return prefix === undefined ? null : [prefix, word.slice(prefix.length)]
}

function possibleInfinitives(word: string, form: Form): string[] {
  const ending = form === 'gerund' ? /ing$/ : form === 'past' ? /ed$/ : /(?:es|s)$/
  const stem = word.replace(ending, '')
  const single = stem.replace(/([bdgklmnprtv])\1$/, '$1')
  return [stem, `${stem}e`, single, stem.replace(/i$/, 'y'), word.replace(/s$/, '')]
}

function conjugated(word: string, form: 'past' | 'participle'): string | null {
  const verb = verbForm(word)
  if (verb === null) return null
  const { infinitive } = verb
  if (known().verbForms.has(infinitive) || known().tags.has(infinitive)) return conjugation(infinitive)[form]
  const [prefix = '', rest = infinitive] = prefixOf(infinitive) ?? []
  return prefix + conjugation(rest)[form]
}

/** Every form of the verbs in our lists, so that a word is looked up and not taken apart. */
function formsOfKnownVerbs(): Map<string, VerbForm> {
  const forms = new Map<string, VerbForm>()
  const infinitives = [
    ...plainVerbs,
    ...mixedVerbs,
    ...nounsThatCanBeVerbs,
    ...irregularVerbs.map(({ infinitive }) => infinitive),
  ]
  for (const infinitive of infinitives) forms.set(infinitive, { infinitive, form: 'infinitive' })
  for (const infinitive of infinitives) {
    const { present, past, participle, gerund } = conjugation(infinitive)
    const both = [past, participle, `${infinitive}ed`, `${infinitive}${infinitive.at(-1) ?? ''}ed`]
    // Canceled and cancelled, favorited and its like: whatever people write is known, also beside an irregular form.
    for (const word of both) if (!forms.has(word)) forms.set(word, { infinitive, form: 'past' })
    for (const word of [gerund, `${infinitive}ing`])
      if (!forms.has(word)) forms.set(word, { infinitive, form: 'gerund' })
    if (!forms.has(present)) forms.set(present, { infinitive, form: 'present' })
  }
  return forms
}

function compromiseTags(): Map<string, readonly string[]> {
  const words = new Map<string, readonly string[]>()
  for (const [joined, list] of Object.entries(wordsByTags)) {
    const tags = joined.split('|')
    for (const word of list.split(' ')) words.set(word, tags)
  }
  return words
}
