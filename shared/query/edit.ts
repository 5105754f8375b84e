import type { JsonScalar, Query, TimeQuery } from './ast.ts'
import { parseQuery } from './parse.ts'
import { isField, printField, printQuery, quoteText } from './print.ts'
import { inQuotes, quoteValue } from './value.ts'

/**
 * The query narrowed by `key:value`, or by `-key:value` when `exclude` is set; the opposite term goes. `key` is as it
 * is written, a path printed by `printPath`; `value` is the value itself, not yet in quotes. A query that cannot be read
 * keeps its text.
 */
export function withTerm(text: string, key: string, value: JsonScalar, exclude = false): string {
  const written = writeValue(key, value)
  const rest = remove(text, (part) => isTerm(part, key, written) && isExcluded(part) !== exclude)
  const has = conjuncts(rest).some((part) => isTerm(part, key, written) && isExcluded(part) === exclude)
  return has ? rest : narrow(rest, `${exclude ? '-' : ''}${key}:${written}`)
}

/** The query without `key:value`, excluded or not; without any term of the key when there is no value. */
export function withoutTerm(text: string, key: string, value?: JsonScalar): string {
  const written = value === undefined ? null : writeValue(key, value)
  return remove(text, (part) => isTerm(part, key, written))
}

/** Whether the query asks for `key:value`, and for nothing without it. */
export function hasTerm(text: string, key: string, value: JsonScalar): boolean {
  const written = writeValue(key, value)
  return conjuncts(text).some((part) => isTerm(part, key, written) && !isExcluded(part))
}

/**
 * The query for the events that arrived from `fromMs` up to, but not at, `toMs` (epoch ms), whatever range it had
 * before; null leaves that end open.
 */
export function withRange(text: string, fromMs: number | null, toMs: number | null): string {
  let query = remove(text, (part) => unwrapped(part).kind === 'time')
  if (fromMs !== null) query = narrow(query, `since:${new Date(fromMs).toISOString()}`)
  return toMs === null ? query : narrow(query, `before:${new Date(toMs).toISOString()}`)
}

/** The terms of time that hold for all of the query, as they were written. */
export function timeTerms(text: string): TimeQuery[] {
  return conjuncts(text).filter((part) => part.kind === 'time')
}

function writeValue(key: string, value: JsonScalar): string {
  if (typeof value !== 'string') return String(value)
  if (key === 'problem' && !value.includes('/')) return inQuotes(value)
  return key.includes('.') ? quoteText(value) : quoteValue(value)
}

function conjuncts(text: string): readonly Query[] {
  const parsed = parseQuery(text)
  return parsed.ok ? partsOf(parsed.query) : []
}

function partsOf(query: Query): readonly Query[] {
  if (query.kind === 'all') return []
  return query.kind === 'and' ? query.parts : [query]
}

const isExcluded = (query: Query): boolean => query.kind === 'not'

const unwrapped = (query: Query): Query => (query.kind === 'not' ? query.part : query)

/** `written` null stands for any value; a list of the key is then one of its terms too. */
function isTerm(query: Query, key: string, written: string | null): boolean {
  const part = unwrapped(query)
  if (part.kind === 'or') return written === null && part.parts.every((one) => isTerm(one, key, null))
  if (!isField(part)) return false
  const printed = printField(part)
  return printed.key === key && (written === null || printed.value === written)
}

/** Cuts terms out of the text, so that the rest stays as it was typed, where that says what is left. */
function remove(text: string, unwanted: (part: Query) => boolean): string {
  const parts = conjuncts(text)
  const gone = parts.filter(unwanted)
  if (gone.length === 0) return text.trim()
  const left = parts.filter((part) => !gone.includes(part))
  let rest = text
  for (const { from, to } of gone.toReversed())
    rest = rest.slice(0, from).trimEnd() + ' ' + rest.slice(to).trimStart()
  const canonical = printQuery(all(left))
  const parsed = parseQuery(rest)
  return parsed.ok && printQuery(parsed.query) === canonical ? rest.trim() : canonical
}

function all(parts: readonly Query[]): Query {
  const [first, ...others] = parts
  if (first === undefined) return { kind: 'all', from: 0, to: 0 }
  return others.length === 0 ? first : { kind: 'and', parts, from: first.from, to: first.to }
}

/** Alternatives need brackets before anything can hold for all of them; a list by comma is one term already. */
function narrow(text: string, term: string): string {
  const before = text.trim()
  if (before === '') return term
  const parsed = parseQuery(before)
  const isLoose =
    parsed.ok &&
    parsed.query.kind === 'or' &&
    parsed.query.from === 0 &&
    parsed.query.parts.some(({ from, to }) => from !== parsed.query.from || to !== parsed.query.to)
  return isLoose ? `(${before}) ${term}` : `${before} ${term}`
}
