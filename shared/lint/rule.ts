import type { JsonObject, Severity, TracksideEvent } from '../event.ts'
import type { LintConfig } from './config.ts'
import type { PlanJudge } from './plan/judge.ts'

/** What a rule looks at: the event as captured, plus the values that normalising would have straightened. */
export interface LintedEvent extends Pick<
  TracksideEvent,
  | 'id'
  | 'type'
  | 'event'
  | 'name'
  | 'userId'
  | 'anonymousId'
  | 'previousId'
  | 'accountId'
  | 'messageId'
  | 'source'
  | 'properties'
  | 'traits'
  | 'context'
> {
  /** The call as sent: here `event` may be a number and `properties` a string. */
  payload: JsonObject
  /** When it arrived, in epoch milliseconds, as are the other times. */
  receivedAt: number
  /** When it happened, corrected for the clock of the device. */
  timestamp: number
  originalTimestamp: number | null
  sentAt: number | null
}

/** Parts of speech and conjugation. The engine implements it, because the page would have to load a dictionary. */
export interface English {
  /** What the word can be, most likely first; empty when the word is not English. */
  partsOfSpeech(word: string): readonly PartOfSpeech[]
  /** `sent` for `send`, `sends` and `sending`; null when the word is no verb. */
  pastTense(word: string): string | null
  /** `chosen` for `choose`, where the past tense is `chose`; null when the word is no verb. */
  participle(word: string): string | null
  /** `send` for `sent`; null when the word is no verb. */
  infinitive(word: string): string | null
  /** `invoice` for `invoices`. */
  singular(word: string): string
}
export type PartOfSpeech =
  'noun' | 'verb' | 'past-tense' | 'gerund' | 'adjective' | 'adverb' | 'preposition' | 'other'

/** What analysis knows when it judges an event: the language, the team's agreements, and the past of this one event. */
export interface Facts {
  english: English
  config: LintConfig
  /** The name in use that this event's name differs from by case, spacing, tense, plural or one letter. */
  lookAlike: { name: string; count: number } | null
  /** The earlier event with the same messageId, if there is one. */
  duplicateOf: { eventId: number; receivedAt: string } | null
  /** An account that this event's user is known to belong to. */
  accountOfUser: { id: string; name: string | null } | null
  /** Whether the call's text holds U+FFFD, which stands for bytes that are no UTF-8. */
  isTextDamaged: boolean
  /** Whether any call of this source has ever named an account. */
  sourceSendsAccounts: boolean
  /** What earlier events of this event's name held; null for a name that is new, and for a call without one. */
  past: EventPast | null
  /** How this source writes nearly all of its keys; null while it has sent too few, or mixes its styles. */
  keyStyle: KeyStyle | null
  /** The tracking plan, if there is one. */
  plan: PlanJudge | null

  /** The user whom this call's anonymousId belonged to until another one took it over with this very call. */
  formerUser: string | null
  /** Whether an earlier identify or track has named this call's user; true as well where it names none. */
  isUserIntroduced: boolean
  /** What was known before of the account that this call names; null where it names none. */
  accountBefore: { calls: number; isDescribed: boolean } | null
  /** An account that group calls have put this user in, where none has put them in the one that this call names. */
  otherAccountOfUser: { id: string; name: string | null } | null
  /** Bytes of the call as sent, in UTF-8. */
  callBytes: number
  /** What brought the call together with others; null for one that came alone. */
  batch: Batch | null
  /** The latest call with another messageId that says the same of the same user at about the same time. */
  firedBefore: { eventId: number; apartMs: number } | null
  /** Whether it was sent in the words of another vendor's API, which knows no messageId. */
  isTranslated: boolean
}

export interface Batch {
  /** Whether no accepted call stands before this one: what is wrong with a batch is said there, once. */
  isFirst: boolean
  events: number
  /** Bytes of its request, unpacked. */
  bytes: number
  /** What it says for all of its calls, as sent; undefined where it says nothing. */
  sentAt: unknown
}

/** What JSON can hold, as the catalog counts it: integers and fractions are both numbers. */
export type JsonType = 'string' | 'number' | 'boolean' | 'object' | 'array' | 'null'

/** How often a property has held what, in the events of one name that came before. */
export interface PropertyPast {
  types: Readonly<Record<JsonType, number>>
  /** How many of the texts were empty. */
  emptyTexts: number
}

/** What earlier events of one name held. */
export interface EventPast {
  /** By its path in the catalog: `total`, `products[].price`. Null when no event has had it. */
  property(path: string): PropertyPast | null
}

/** How the words of a key are joined. A single small word fits all of them but the first. */
export type KeyStyle = 'Title Case' | 'snake_case' | 'camelCase' | 'PascalCase' | 'kebab-case' | 'UPPER_CASE'

/** A finding, before the registry adds rule and severity. The three sentences are what is wrong, why, and the better version. */
export interface Finding {
  path: string
  message: string
  reason: string
  suggestion: string | null
  /** Where it is worse or less bad than what the rule mostly finds. A severity that the team has chosen wins. */
  severity?: Severity
}

export const ruleFamilies = ['naming', 'metadata', 'identity', 'account', 'delivery', 'time', 'plan'] as const
export type RuleFamily = (typeof ruleFamilies)[number]
export type RuleId = `${RuleFamily}/${string}`

export interface Rule {
  id: RuleId
  severity: Severity
  /** What the finding is called on the screen: "Name is not in Title Case". */
  title: string
  /** A paragraph in Markdown. */
  documentation: string
  /** Calls that the rule leaves alone and calls that it finds; both are run as tests. */
  good: JsonObject
  bad: JsonObject
  source: 'Track Spec' | 'Segment spec' | 'Segment HTTP API' | 'plan' | 'experience'
  /** Pure: the same event and facts give the same findings. Never throws for anything that JSON can hold. */
  check(event: LintedEvent, facts: Facts): Finding[]
}
