import { callTypes, severities } from '../event.ts'
import { faultNames } from '../fault.ts'
import { nearest } from '../nearest.ts'
import { presences, replayStates, states } from './ast.ts'
import type { ChoiceQuery, EqualsNumber, NumberTest, Operator, PathQuery, PresenceQuery } from './ast.ts'
import type { EqualsText, Path, Query, Wildcard } from './ast.ts'
import { keyWord, keyWords, nearestKey, yesNo } from './keys.ts'
import type { ChoiceKey, KeyWord, PresenceKey } from './keys.ts'
import { Mistake } from './mistake.ts'
import { isPathRoot, readSteps } from './path.ts'
import { parseTimeExpression, timeForms } from './time.ts'
import { parseNumber } from './value.ts'
import type { Value } from './value.ts'

/** What stands before a colon, understood. */
export type FieldKey = Exclude<KeyWord, { kind: 'path' }> | ({ readonly kind: 'path' } & Path)

/** Understands a key; `text` is without its colon. Raises a Mistake for one that is not known. */
export function readKey(text: string, from: number): FieldKey {
  const [first = '', ...path] = readSteps(text, from)
  const root = first.toLowerCase()
  const to = from + text.length
  if (isPathRoot(root)) {
    if (path.length > 0) return { kind: 'path', root, path }
    throw new Mistake(`${root} needs the path of a value, as in ${keyWord(root)?.example}.`, from, to, [
      `${root}.`,
    ])
  }
  const word = path.length === 0 ? keyWord(root) : undefined
  if (word !== undefined && word.kind !== 'path') return word
  throw unknownKey(text, from, path.length > 0)
}

function unknownKey(text: string, from: number, dotted: boolean): Mistake {
  const to = from + text.length
  const quotes = `Put text with a colon in quotes.`
  if (dotted) {
    const message = `“${text}” is not a key: paths begin with properties., traits. or context. ${quotes}`
    return new Mistake(message, from, to, ['properties.', 'traits.', 'context.'])
  }
  const near = nearestKey(text)
  if (near === null) return new Mistake(`“${text}” is not a key. ${quotes}`, from, to, allKeys())
  const meant = near.endsWith('.') ? `${near}…` : `${near}:`
  return new Mistake(`“${text}” is not a key. Did you mean ${meant}?`, from, to, [meant.replace('…', '')])
}

const allKeys = (): string[] => keyWords.map(({ kind, key }) => (kind === 'path' ? `${key}.` : `${key}:`))

/** One value of a field, understood by what its key takes. */
export function readField(key: FieldKey, operator: Operator | null, value: Value): Query {
  const { from, to } = value
  switch (key.kind) {
    case 'text':
      refuseOperator(key.key, operator, value)
      return {
        kind: 'text',
        key: key.key,
        test: key.key === 'problem' ? readRule(value) : readText(value),
        from,
        to,
      }
    case 'number':
      return { kind: 'number', key: key.key, test: readWhole(key.key, operator, value), from, to }
    case 'time': {
      refuseOperator(key.key, operator, value)
      const time = parseTimeExpression(value.text)
      if (time !== null) return { kind: 'time', key: key.key, time, from, to }
      const message = `“${value.text}” is not a time. Write how long ago, as 30s, 5m, 2h, 1d or 1w; or today, yesterday, now; or a date, as 2026-02-03 or 2026-02-03T04:05:06Z.`
      throw new Mistake(message, from, to, timeForms)
    }
    case 'choice':
      refuseOperator(key.key, operator, value)
      return { ...readChoice(key.key, value), from, to }
    case 'presence':
      refuseOperator(key.key, operator, value)
      return { kind: 'presence', present: key.key === 'has', of: readPresence(key.key, value), from, to }
    case 'path':
      return { kind: 'path', root: key.root, path: key.path, test: readJson(operator, value), from, to }
  }
}

function refuseOperator(key: string, operator: Operator | null, { from, to }: Value): void {
  if (operator === null) return
  const message = `${key} can’t be compared with ${operator}: only numbers can, those of id, request and paths.`
  throw new Mistake(message, from - operator.length, to)
}

function readText({ text, parts }: Value): EqualsText | Wildcard {
  return parts.length === 1
    ? { by: 'equals', value: text }
    : { by: 'wildcard', parts: withoutDoubleStars(parts) }
}

/** Rules are called family/name; a family alone stands for all of its rules. */
function readRule(value: Value): EqualsText | Wildcard {
  const test = readText(value)
  const isFamily = test.by === 'equals' && !value.quoted && !test.value.includes('/')
  return isFamily ? { by: 'wildcard', parts: [`${test.value}/`, ''] } : test
}

const withoutDoubleStars = (parts: readonly string[]): string[] =>
  parts.filter((part, index) => part !== '' || index === 0 || index === parts.length - 1)

function readWhole(key: string, operator: Operator | null, value: Value): EqualsNumber | NumberTest {
  const test = readNumberTest(operator, value) ?? { by: 'equals', value: numberOf(value.text, value) }
  const numbers = test.by === 'range' ? [test.low, test.high] : [test.value]
  if (numbers.every((number) => number === null || (Number.isSafeInteger(number) && number >= 0))) return test
  throw new Mistake(`${key} is a whole number, as in ${keyWord(key)?.example}.`, value.from, value.to, [
    'a whole number',
  ])
}

/** A comparison or a range; null when the value is neither. */
function readNumberTest(operator: Operator | null, value: Value): NumberTest | null {
  if (operator !== null) return { by: 'compare', operator, value: numberOf(value.raw, value) }
  const dots = value.raw.indexOf('..')
  if (value.quoted || dots < 0) return null
  const ends = [value.raw.slice(0, dots), value.raw.slice(dots + 2)] as const
  // Two dots also stand in file names and versions: without a number at either end they are text.
  if (ends.every((end) => parseNumber(end) === null)) return null
  const [low, high] = ends.map((end) => (end === '' ? null : numberOf(end, value)))
  if (low == null || high == null || low <= high) return { by: 'range', low: low ?? null, high: high ?? null }
  throw new Mistake(`The range ends before it begins: write ${high}..${low}.`, value.from, value.to, [
    `${high}..${low}`,
  ])
}

function numberOf(text: string, { from, to }: Value): number {
  const number = parseNumber(text)
  if (number === null) throw new Mistake(`“${text}” is not a number.`, from, to, ['a number'])
  return number
}

function readJson(operator: Operator | null, value: Value): PathQuery['test'] {
  const test = readNumberTest(operator, value) ?? readText(value)
  if (test.by !== 'equals') return test
  const also = value.quoted ? undefined : jsonLiteral(test.value)
  return { by: 'equals', values: also === undefined ? [test.value] : [test.value, also] }
}

/** The JSON value that a bare text may stand for besides itself; undefined for mere text. */
export function jsonLiteral(text: string): number | boolean | null | undefined {
  if (text === 'true' || text === 'false') return text === 'true'
  return text === 'null' ? null : (parseNumber(text) ?? undefined)
}

function readChoice(key: ChoiceKey, value: Value): Choice {
  switch (key) {
    case 'type':
      return { kind: 'choice', key, value: oneOf(callTypes, key, value) }
    case 'severity':
      return { kind: 'choice', key, value: oneOf(severities, key, value) }
    case 'is':
      return { kind: 'choice', key, value: oneOf(states, key, value) }
    case 'accepted':
      return { kind: 'choice', key, value: oneOf(yesNo, key, booleanAsYesNo(value)) }
    case 'replayed':
      return { kind: 'choice', key, value: oneOf(replayStates, key, booleanAsYesNo(value)) }
    case 'fault':
      return { kind: 'choice', key, value: oneOf(faultNames, key, value) }
  }
}

type WithoutSpan<Node> = Node extends unknown ? Omit<Node, 'from' | 'to'> : never
type Choice = WithoutSpan<ChoiceQuery>

function booleanAsYesNo(value: Value): Value {
  const word = value.text.toLowerCase()
  return word === 'true' || word === 'false' ? { ...value, text: word === 'true' ? 'yes' : 'no' } : value
}

function oneOf<Word extends string>(words: readonly Word[], key: string, { text, from, to }: Value): Word {
  const found = words.find((word) => word.toLowerCase() === text.toLowerCase())
  if (found !== undefined) return found
  const near = nearest(text, words)
  const hint = near === null ? `It takes ${words.join(', ')}.` : `Did you mean ${key}:${near}?`
  throw new Mistake(`${key} has no value “${text}”. ${hint}`, from, to, near === null ? words : [near])
}

function readPresence(key: PresenceKey, value: Value): PresenceQuery['of'] {
  const [first = '', ...path] = readSteps(value.raw, value.from)
  const root = first.toLowerCase()
  if (path.length > 0 && isPathRoot(root)) return { by: 'path', root, path }
  const text = path.length > 0 ? value.raw : first
  return { by: 'name', name: oneOf(presences, key, { ...value, text }) }
}
