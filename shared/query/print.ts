import type {
  ChoiceQuery,
  NumberQuery,
  PathQuery,
  PresenceQuery,
  Query,
  TextQuery,
  WordsQuery,
} from './ast.ts'
import type { EqualsNumber, NumberTest, TimeQuery, Wildcard } from './ast.ts'
import { jsonLiteral } from './field.ts'
import { printPath } from './path.ts'
import { printTime } from './time.ts'
import { tokensOf } from './tokens.ts'
import { inQuotes, quoteValue } from './value.ts'

/** The one way to write a query: parsed again it says the same. */
export function printQuery(query: Query): string {
  switch (query.kind) {
    case 'all':
      return ''
    case 'and':
      return query.parts.map(inAnd).join(' ')
    case 'or':
      return asList(query.parts) ?? query.parts.map(printQuery).join(' OR ')
    case 'not':
      return `-${inNot(query.part)}`
    case 'words':
      return printWords(query)
    default: {
      const { key, value } = printField(query)
      return `${key}:${value}`
    }
  }
}

const inBrackets = (query: Query): string => `(${printQuery(query)})`

function inAnd(query: Query): string {
  return query.kind === 'or' ? (asList(query.parts) ?? inBrackets(query)) : printQuery(query)
}

function inNot(query: Query): string {
  return query.kind === 'and' || query.kind === 'not' ? inBrackets(query) : inAnd(query)
}

export type FieldQuery = TextQuery | NumberQuery | TimeQuery | ChoiceQuery | PathQuery | PresenceQuery

export function isField(query: Query): query is FieldQuery {
  return !['all', 'and', 'or', 'not', 'words'].includes(query.kind)
}

/** Fields of one key as `key:a,b`; null where they can't be written so. */
function asList(parts: readonly Query[]): string | null {
  const fields = parts.filter(isField)
  if (fields.length < parts.length) return null
  if (fields.some((field) => field.kind === 'time' || isComparison(field))) return null
  const printed = fields.map(printField)
  const key = printed[0]?.key
  if (key === undefined || printed.some((field) => field.key !== key)) return null
  return `${key}:${printed.map(({ value }) => value).join(',')}`
}

const isComparison = (field: FieldQuery): boolean =>
  (field.kind === 'number' || field.kind === 'path') && field.test.by === 'compare'

/** A term taken apart, both sides as they are written. */
export function printField(field: FieldQuery): { key: string; value: string } {
  switch (field.kind) {
    case 'text': {
      const { key, test } = field
      if (test.by === 'wildcard') return { key, value: printWildcard(test) }
      // Without quotes it would be a family of rules.
      const isFamily = key === 'problem' && !test.value.includes('/')
      return { key, value: isFamily ? inQuotes(test.value) : quoteValue(test.value) }
    }
    case 'number':
      return { key: field.key, value: printNumberTest(field.test) }
    case 'time':
      return { key: field.key, value: printTime(field.time) }
    case 'choice':
      return { key: field.key, value: field.value }
    case 'path':
      return { key: printPath(field), value: printJsonTest(field.test) }
    case 'presence': {
      const { of } = field
      return { key: field.present ? 'has' : 'missing', value: of.by === 'name' ? of.name : printPath(of) }
    }
  }
}

function printWildcard({ parts }: Wildcard): string {
  return parts.map((part) => (part === '' ? '' : quoteValue(part))).join('*')
}

function printNumberTest(test: EqualsNumber | NumberTest): string {
  switch (test.by) {
    case 'equals':
      return String(test.value)
    case 'compare':
      return `${test.operator}${test.value}`
    case 'range':
      return `${test.low ?? ''}..${test.high ?? ''}`
  }
}

function printJsonTest(test: PathQuery['test']): string {
  if (test.by === 'wildcard') return printWildcard(test)
  if (test.by !== 'equals') return printNumberTest(test)
  return test.values.length > 1 ? test.values[0] : quoteText(test.values[0])
}

/** A text that must not be taken for a number, true, false or null. */
export function quoteText(text: string): string {
  return jsonLiteral(text) === undefined ? quoteValue(text) : inQuotes(text)
}

/** Words of a tree that was not read from text may be anything: then their tokens, glued together, say the same. */
function printWords({ text, phrase }: WordsQuery): string {
  if (phrase) return inQuotes(text)
  const bare = /^[^\s()":*-][^\s()":*]*\*?$/.test(text) ? text : tokensOf(text).join('.')
  return /^(?:OR|AND|NOT)$/.test(bare) ? bare.toLowerCase() : bare
}
