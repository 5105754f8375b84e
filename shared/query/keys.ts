import { callTypes, severities } from '../event.ts'
import { faultNames } from '../fault.ts'
import { nearest } from '../nearest.ts'
import { presences, replayStates, states } from './ast.ts'
import type { ChoiceQuery, NumberKey, PathRoot, TextKey, TimeKey } from './ast.ts'
import { timeForms } from './time.ts'

export type PresenceKey = 'has' | 'missing'
export type ChoiceKey = ChoiceQuery['key']
export type Key = TextKey | NumberKey | TimeKey | ChoiceKey | PresenceKey

interface Description {
  /** One line for the help and for completion. */
  readonly about: string
  /** A whole term, ready to be tried. */
  readonly example: string
}

export type KeyWord = Description &
  (
    | { readonly kind: 'text'; readonly key: TextKey }
    | { readonly kind: 'number'; readonly key: NumberKey }
    | { readonly kind: 'time'; readonly key: TimeKey; readonly values: readonly string[] }
    | { readonly kind: 'choice'; readonly key: ChoiceKey; readonly values: readonly string[] }
    | { readonly kind: 'presence'; readonly key: PresenceKey; readonly values: readonly string[] }
    | { readonly kind: 'path'; readonly key: PathRoot }
  )

export const yesNo = ['yes', 'no'] as const

/** The words that the language knows, in the order in which the help shows them. */
export const keyWords: readonly KeyWord[] = [
  {
    kind: 'text',
    key: 'event',
    about: 'The name of a track call',
    example: 'event:"Invoice Sent"',
  },
  {
    kind: 'choice',
    key: 'type',
    values: callTypes,
    about: 'The type of the call',
    example: 'type:track,page',
  },
  { kind: 'text', key: 'user', about: 'The user, by any of their ids or by name', example: 'user:42' },
  { kind: 'text', key: 'anonymous', about: 'The anonymousId as sent', example: 'anonymous:7f3a*' },
  { kind: 'text', key: 'account', about: 'The account, by id or by name', example: 'account:acme' },
  { kind: 'text', key: 'source', about: 'The write key that the call was sent with', example: 'source:web' },
  {
    kind: 'text',
    key: 'library',
    about: 'The SDK, as name or name@version',
    example: 'library:analytics.js@*',
  },
  {
    kind: 'path',
    key: 'properties',
    about: 'A property of the call, by its path',
    example: 'properties.total_amount:>100',
  },
  { kind: 'path', key: 'traits', about: 'A trait of the call, by its path', example: 'traits.plan:pro' },
  {
    kind: 'path',
    key: 'context',
    about: 'A field of the context, by its path',
    example: 'context.page.path:/pricing*',
  },
  {
    kind: 'presence',
    key: 'has',
    values: presences,
    about: 'What the event has: a problem, a user, a property',
    example: 'has:problem',
  },
  {
    kind: 'presence',
    key: 'missing',
    values: presences,
    about: 'What the event does not have',
    example: 'missing:account',
  },
  {
    kind: 'text',
    key: 'problem',
    about: 'The rule that found a problem, or its family',
    example: 'problem:naming/*',
  },
  {
    kind: 'choice',
    key: 'severity',
    values: severities,
    about: 'How bad one of its problems is',
    example: 'severity:error',
  },
  { kind: 'choice', key: 'is', values: states, about: 'The state of the event', example: 'is:rejected' },
  {
    kind: 'choice',
    key: 'accepted',
    values: yesNo,
    about: 'Whether the call could be taken',
    example: 'accepted:no',
  },
  {
    kind: 'choice',
    key: 'replayed',
    values: replayStates,
    about: 'Whether it was replayed, and with what outcome',
    example: 'replayed:failed',
  },
  {
    kind: 'choice',
    key: 'fault',
    values: faultNames,
    about: 'What was answered on purpose, by a fault that was on',
    example: 'fault:503',
  },
  {
    kind: 'time',
    key: 'since',
    values: timeForms,
    about: 'Arrived at this time or later',
    example: 'since:5m',
  },
  {
    kind: 'time',
    key: 'until',
    values: timeForms,
    about: 'Arrived at this time or earlier; a date is its whole day',
    example: 'until:2026-02-03',
  },
  {
    kind: 'time',
    key: 'after',
    values: timeForms,
    about: 'Arrived later than this',
    example: 'after:yesterday',
  },
  {
    kind: 'time',
    key: 'before',
    values: timeForms,
    about: 'Arrived earlier than this',
    example: 'before:today',
  },
  { kind: 'number', key: 'id', about: 'The number of the event', example: 'id:10..20' },
  { kind: 'text', key: 'message', about: 'The messageId', example: 'message:ajs-next-*' },
  {
    kind: 'number',
    key: 'request',
    about: 'The number of the request that brought it',
    example: 'request:812',
  },
]

/** What people write who know the words of Segment's API or of other tools. */
const synonyms: Readonly<Record<string, string>> = {
  name: 'event',
  call: 'type',
  userid: 'user',
  email: 'user',
  person: 'user',
  anonymousid: 'anonymous',
  accountid: 'account',
  group: 'account',
  groupid: 'account',
  company: 'account',
  writekey: 'source',
  sdk: 'library',
  messageid: 'message',
  requestid: 'request',
  rule: 'problem',
  level: 'severity',
  time: 'since',
  from: 'since',
  to: 'until',
  no: 'missing',
  not: 'missing',
  property: 'properties.',
  prop: 'properties.',
  props: 'properties.',
  trait: 'traits.',
}

const byKey = new Map<string, KeyWord>(keyWords.map((word) => [word.key, word]))

/** By its exact, lower-case key. */
export const keyWord = (key: string): KeyWord | undefined => byKey.get(key)

/** The known key that was probably meant, with the dot that a path needs; null when nothing is near. */
export function nearestKey(unknown: string): string | null {
  const word = unknown.toLowerCase()
  if (Object.hasOwn(synonyms, word)) return synonyms[word] ?? null
  const near = nearest(
    word,
    keyWords.map(({ key }) => key),
  )
  return near !== null && keyWord(near)?.kind === 'path' ? `${near}.` : near
}
