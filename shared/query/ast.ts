import type { CallType, Severity } from '../event.ts'
import type { FaultName } from '../fault.ts'
import type { TimeExpression } from './time.ts'

/** Where a part stands in the text of the query: characters, `to` excluded. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** What a query says. Lists by comma are already an `or` of their values, brackets are already gone. */
export type Query =
  | AllQuery
  | AndQuery
  | OrQuery
  | NotQuery
  | WordsQuery
  | TextQuery
  | NumberQuery
  | TimeQuery
  | ChoiceQuery
  | PathQuery
  | PresenceQuery

/** The empty query: every event. */
export interface AllQuery extends Span {
  readonly kind: 'all'
}

/** At least two parts, none of them an `and`. */
export interface AndQuery extends Span {
  readonly kind: 'and'
  readonly parts: readonly Query[]
}

/** At least two parts, none of them an `or`. */
export interface OrQuery extends Span {
  readonly kind: 'or'
  readonly parts: readonly Query[]
}

export interface NotQuery extends Span {
  readonly kind: 'not'
  readonly part: Query
}

/** Text without a key, looked for in all of the event. */
export interface WordsQuery extends Span {
  readonly kind: 'words'
  readonly text: string
  /** In lower case, one after the other; at least one. */
  readonly tokens: readonly string[]
  /** Whether it stood in quotes: then the last token is a whole word, else the beginning of one. */
  readonly phrase: boolean
}

export type TextKey =
  'event' | 'user' | 'anonymous' | 'account' | 'source' | 'library' | 'message' | 'problem'

export interface TextQuery extends Span {
  readonly kind: 'text'
  readonly key: TextKey
  readonly test: EqualsText | Wildcard
}

export interface EqualsText {
  readonly by: 'equals'
  readonly value: string
}

/** The texts between the stars, at least two: `pre*` is ['pre', ''], `*mid*` is ['', 'mid', '']. */
export interface Wildcard {
  readonly by: 'wildcard'
  readonly parts: readonly string[]
}

export type NumberKey = 'id' | 'request'

export interface NumberQuery extends Span {
  readonly kind: 'number'
  readonly key: NumberKey
  readonly test: EqualsNumber | NumberTest
}

export interface EqualsNumber {
  readonly by: 'equals'
  readonly value: number
}

export type NumberTest = Compare | Range

export type Operator = '>' | '>=' | '<' | '<='

export interface Compare {
  readonly by: 'compare'
  readonly operator: Operator
  readonly value: number
}

/** Both ends are part of it; null where it is open. At least one end is a number. */
export interface Range {
  readonly by: 'range'
  readonly low: number | null
  readonly high: number | null
}

export type TimeKey = 'since' | 'until' | 'before' | 'after'

/** By the time of arrival. `timeBounds` gives the epoch milliseconds to compare with. */
export interface TimeQuery extends Span {
  readonly kind: 'time'
  readonly key: TimeKey
  readonly time: TimeExpression
}

export const states = ['accepted', 'rejected', 'identified', 'anonymous', 'analysed', 'replayed'] as const
export type State = (typeof states)[number]

export const replayStates = ['yes', 'no', 'pending', 'sent', 'failed', 'skipped'] as const
export type ReplayState = (typeof replayStates)[number]

export type ChoiceQuery = Span & { readonly kind: 'choice' } & (
    | { readonly key: 'type'; readonly value: CallType }
    | { readonly key: 'severity'; readonly value: Severity }
    | { readonly key: 'accepted'; readonly value: 'yes' | 'no' }
    | { readonly key: 'is'; readonly value: State }
    | { readonly key: 'replayed'; readonly value: ReplayState }
    | { readonly key: 'fault'; readonly value: FaultName }
  )

export type PathRoot = 'properties' | 'traits' | 'context'

export interface PathQuery extends Span {
  readonly kind: 'path'
  readonly root: PathRoot
  /** At least one; the step of an array is that of its elements. */
  readonly path: readonly string[]
  readonly test: EqualsJson | Wildcard | NumberTest
}

export type JsonScalar = string | number | boolean | null

/** Equal to any of these JSON values, type and all. The first is the text itself; in quotes it is the only one. */
export interface EqualsJson {
  readonly by: 'equals'
  readonly values: readonly [string, ...JsonScalar[]]
}

export const presences = [
  'problem',
  'error',
  'warning',
  'info',
  'rejection',
  'replay',
  'fault',
  'user',
  'account',
  'event',
  'source',
  'library',
  'userId',
  'anonymousId',
  'previousId',
  'accountId',
  'messageId',
  'originalTimestamp',
  'sentAt',
  'properties',
  'traits',
  'context',
  'integrations',
] as const
export type Presence = (typeof presences)[number]

/** `has:` and `missing:`. */
export interface PresenceQuery extends Span {
  readonly kind: 'presence'
  readonly present: boolean
  readonly of: { readonly by: 'name'; readonly name: Presence } | ({ readonly by: 'path' } & Path)
}

export interface Path {
  readonly root: PathRoot
  readonly path: readonly string[]
}

/** What is wrong with a query, and where; made to be shown as it is. */
export interface QueryMistake extends Span {
  readonly message: string
  /** What could have stood there, ready to be offered. */
  readonly expected: readonly string[]
}
