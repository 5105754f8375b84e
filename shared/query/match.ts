/**
 * What a query means, as code over one event in memory. The SQL of the store means the same; tests hold them together.
 *
 * - Ids (userId, anonymousId, accountId, messageId, write key) and rules equal letter for letter. Names (of events,
 *   users, accounts, libraries) equal whatever the case of A to Z. Wildcards follow the same rule as the equality of
 *   their key; a star stands for any text, also none.
 * - `event:` is the name of a track call. `user:` is the person: their id, the ids of the event, their name.
 *   `account:` is the accountId or the account's name. `library:` is its name, or name@version.
 * - Words without a key are the beginnings of words in any name, id, key or value of the event, whatever the case:
 *   `inv` finds "Invoice Sent". Words glued together (jane@acme.com) must follow each other, field after field. In
 *   quotes the last word must be whole too. Of a rejected call they are also looked for in what was sent.
 * - A path goes through objects and through the elements of arrays; one value that fits is enough. Bare 100, true and
 *   null equal the JSON value and the text; in quotes only the text. Texts equal letter for letter. Comparisons and
 *   ranges hold for JSON numbers alone, and a range includes its ends.
 * - `has:` a path means a value other than null. `missing:` is the opposite of `has:`, always.
 * - Times are those of arrival. A date is its whole day in the local zone, 04:05 its whole minute: `since` and `until`
 *   include it, `after` and `before` do not. A duration counts back from now.
 * - Whatever an event does not have fits no test, so `-user:42` also finds events without a user.
 */
import type { EventDetail, JsonObject, TracksideEvent } from '../event.ts'
import type {
  ChoiceQuery,
  EqualsNumber,
  NumberTest,
  PathQuery,
  Presence,
  PresenceQuery,
  Query,
  TextQuery,
  Wildcard,
  WordsQuery,
} from './ast.ts'
import { searchedText } from './searched-text.ts'
import { timeBounds } from './time.ts'
import { tokensOf } from './tokens.ts'

/**
 * Replays, and the text of a rejected call, are known only of an event in full. What only the store knows: the other
 * ids of a person and the e-mail of one with a name (`user:`), and what of a payload no field of an event shows (words).
 * The other way round, the ids of a rejected call lead the store only to someone who was known by then.
 */
export type QueriedEvent = TracksideEvent | EventDetail

/** Whether an event is one that the query asks for at `now` (epoch ms); `offset` as in `resolveTime`. */
export function matches(query: Query, event: QueriedEvent, now: number, offset?: number): boolean {
  switch (query.kind) {
    case 'all':
      return true
    case 'and':
      return query.parts.every((part) => matches(part, event, now, offset))
    case 'or':
      return query.parts.some((part) => matches(part, event, now, offset))
    case 'not':
      return !matches(query.part, event, now, offset)
    case 'words':
      return hasWords(query, event)
    case 'text':
      return hasText(query, event)
    case 'number':
      return fitsNumber(query.test, query.key === 'id' ? event.id : event.requestId)
    case 'time': {
      const { from, to } = timeBounds(query.key, query.time, now, offset)
      const at = Date.parse(event.receivedAt)
      return (from === null || at >= from) && (to === null || at < to)
    }
    case 'choice':
      return isChoice(query, event)
    case 'path':
      return pathMatches(event[query.root], query.path, query.test)
    case 'presence':
      return isThere(query.of, event) === query.present
  }
}

function hasWords({ tokens, phrase }: WordsQuery, event: QueriedEvent): boolean {
  const last = tokens.length - 1
  const words = tokensOf(searchedText(event))
  return words.some((_, start) =>
    tokens.every((token, index) => {
      const word = words[start + index]
      return index === last && !phrase ? word?.startsWith(token) : word === token
    }),
  )
}

type Texts = readonly (string | null | undefined)[]

function hasText({ key, test }: TextQuery, event: TracksideEvent): boolean {
  const exactly = (...texts: Texts): boolean => texts.some((text) => text != null && fitsText(test, text))
  const folded = foldTest(test)
  const named = (...texts: Texts): boolean =>
    texts.some((text) => text != null && fitsText(folded, foldCase(text)))
  const { person, library } = event
  switch (key) {
    case 'event':
      return named(event.event)
    case 'user':
      // Without a name the label is the id, and ids have no case.
      return (
        exactly(person?.id, event.userId, event.anonymousId) ||
        (person?.label !== person?.id && named(person?.label))
      )
    case 'anonymous':
      return exactly(event.anonymousId)
    case 'account':
      return exactly(event.accountId) || named(event.accountName)
    case 'source':
      return exactly(event.source)
    case 'library':
      return named(
        library.name,
        library.name !== null && library.version !== null ? `${library.name}@${library.version}` : null,
      )
    case 'message':
      return exactly(event.messageId)
    case 'problem':
      return exactly(...event.problems.map(({ rule }) => rule))
  }
}

/** A to Z only, as SQLite's NOCASE and LIKE fold. */
const foldCase = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())

function foldTest(test: TextQuery['test']): TextQuery['test'] {
  return test.by === 'equals'
    ? { by: 'equals', value: foldCase(test.value) }
    : { by: 'wildcard', parts: test.parts.map(foldCase) }
}

function fitsText(test: TextQuery['test'], text: string): boolean {
  return test.by === 'equals' ? text === test.value : fitsWildcard(test, text)
}

/** Takes the first place for each part, so it never has to try again. */
function fitsWildcard({ parts }: Wildcard, text: string): boolean {
  const first = parts.at(0) ?? ''
  const last = parts.at(-1) ?? ''
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last))
    return false
  let at = first.length
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return at <= text.length - last.length
}

function fitsNumber(test: EqualsNumber | NumberTest, value: number): boolean {
  switch (test.by) {
    case 'equals':
      return value === test.value
    case 'range':
      return (test.low === null || value >= test.low) && (test.high === null || value <= test.high)
    case 'compare':
      switch (test.operator) {
        case '>':
          return value > test.value
        case '>=':
          return value >= test.value
        case '<':
          return value < test.value
        case '<=':
          return value <= test.value
      }
  }
}

function isChoice(query: ChoiceQuery, event: QueriedEvent): boolean {
  switch (query.key) {
    case 'type':
      return event.type === query.value
    case 'severity':
      return event.problems.some(({ severity }) => severity === query.value)
    case 'accepted':
      return event.accepted === (query.value === 'yes')
    case 'replayed': {
      const outcomes = outcomesOf(event)
      if (query.value === 'yes' || query.value === 'no')
        return outcomes.length > 0 === (query.value === 'yes')
      return outcomes.includes(query.value)
    }
    case 'fault':
      return event.fault === query.value
    case 'is':
      switch (query.value) {
        case 'accepted':
          return event.accepted
        case 'rejected':
          return !event.accepted
        case 'identified':
          return event.userId !== null
        case 'anonymous':
          return event.userId === null && event.anonymousId !== null
        case 'analysed':
          return event.analysed
        case 'replayed':
          return outcomesOf(event).length > 0
      }
  }
}

function outcomesOf(event: QueriedEvent): string[] {
  return 'replays' in event ? event.replays.map(({ outcome }) => outcome) : []
}

function isThere(of: PresenceQuery['of'], event: QueriedEvent): boolean {
  return of.by === 'path' ? pathIsPresent(event[of.root], of.path) : hasNamed(of.name, event)
}

function hasNamed(name: Presence, event: QueriedEvent): boolean {
  switch (name) {
    case 'problem':
      return event.problems.length > 0
    case 'error':
    case 'warning':
    case 'info':
      return event.problems.some(({ severity }) => severity === name)
    case 'rejection':
      return !event.accepted
    case 'replay':
      return outcomesOf(event).length > 0
    case 'user':
      // Before analysis only the ids can tell.
      return event.person !== null || (!event.analysed && (event.userId ?? event.anonymousId) !== null)
    case 'account':
      return event.accountId !== null
    case 'library':
      return event.library.name !== null
    default:
      return event[name] !== null
  }
}

/** Whether a value at the path fits; `path` as in PathQuery. */
export function pathMatches(
  root: JsonObject | null,
  path: readonly string[],
  test: PathQuery['test'],
): boolean {
  return elementsOf(valuesAt(root, path)).some((value) => fitsJson(test, value))
}

/** Whether there is a value other than null at the path. */
export function pathIsPresent(root: JsonObject | null, path: readonly string[]): boolean {
  return valuesAt(root, path).some((value) => value !== null)
}

function valuesAt(root: JsonObject | null, path: readonly string[]): unknown[] {
  let values: unknown[] = [root]
  for (const step of path) {
    values = elementsOf(values).flatMap((value) =>
      isObject(value) && Object.hasOwn(value, step) ? [value[step]] : [],
    )
  }
  return values
}

const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null

/** Arrays replaced by their elements, to any depth and without recursion: a payload may be nested to break a stack. */
function elementsOf(values: readonly unknown[]): unknown[] {
  if (!values.some(Array.isArray)) return [...values]
  const elements: unknown[] = []
  const waiting = values.toReversed()
  while (waiting.length > 0) {
    const value = waiting.pop()
    if (!Array.isArray(value)) elements.push(value)
    else for (const element of value.toReversed()) waiting.push(element)
  }
  return elements
}

function fitsJson(test: PathQuery['test'], value: unknown): boolean {
  switch (test.by) {
    case 'equals':
      return test.values.some((wanted) => wanted === value)
    case 'wildcard':
      return isPrintable(value) && fitsWildcard(test, String(value))
    case 'compare':
    case 'range':
      return typeof value === 'number' && fitsNumber(test, value)
  }
}

const isPrintable = (value: unknown): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
