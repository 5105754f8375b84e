import type Database from 'better-sqlite3'
import { NameIndex, defaultLintConfig, replacementCharacter } from '../../../shared/lint/index.ts'
import type { Kin, LintConfig } from '../../../shared/lint/index.ts'
import type { PlanJudge } from '../../../shared/lint/plan/judge.ts'
import type { EventPast, Facts } from '../../../shared/lint/rule.ts'
import type { Plan } from '../../../shared/plan/plan.ts'
import type { Accounts } from './accounts.ts'
import type { AnalysedCall } from './analysed-call.ts'
import { Batches } from './batches.ts'
import type { PropertyTree } from './catalog/property-tree.ts'
import { english } from './english.ts'
import { eventPast } from './event-past.ts'
import type { Recognition } from './identity.ts'
import type { KeyStyles } from './key-styles.ts'
import type { LogRows } from '../store/log-rows.ts'
import { RecentCalls } from './recent-calls.ts'
import { CompiledPlan } from './plan/compiled-plan.ts'

/** Who knows what of the past, as far as analysis has come. */
export interface FactParts {
  log: LogRows
  accounts: Accounts
  keyStyles: KeyStyles
  /** What the events of a name have had so far. */
  propertiesOf(name: string): PropertyTree
  /** Whether no naming rule finds anything. */
  isGoodName(this: void, name: string): boolean
}

/** What the events before one say about it. What costs a query is looked up only by the rule that asks. */
export class PastFacts {
  readonly #statements: ReturnType<typeof prepare>
  readonly #sources: Sources

  constructor(database: Database.Database, parts: FactParts) {
    this.#statements = prepare(database)
    this.#sources = {
      ...parts,
      names: new NameIndex(parts.isGoodName),
      batches: new Batches(database),
      recent: new RecentCalls(parts.log),
      duplicate: this.#statements.duplicate,
      config: defaultLintConfig,
      plan: null,
    }
  }

  /** What the team has agreed on. */
  set config(config: LintConfig) {
    this.#sources.config = config
  }

  /** `text` is the payload as sent. */
  of(call: AnalysedCall, recognition: Recognition, text: string): Facts {
    return new CallFacts(this.#sources, call, recognition, text)
  }

  /** The plan that events are held against from now on. */
  judgeBy(plan: Plan | null): void {
    this.#sources.plan = plan === null ? null : new CompiledPlan(plan)
  }

  /** What a name may be mistaken for; null for one that is compared with no other. */
  kinOf(name: string): Kin | null {
    return this.#sources.names.kinOf(name)
  }

  /** A call has been judged. */
  add(call: AnalysedCall): void {
    if (call.event !== null && call.event !== '') this.#sources.names.add(call.event)
    this.#sources.recent.add(call)
  }

  /** Back to what is committed: up to this event. */
  forget(upTo: number): void {
    this.#sources.batches.forget()
    this.#sources.recent.forget(upTo)
    this.#sources.names = new NameIndex(this.#sources.isGoodName)
    for (const { name, events } of this.#statements.names.iterate()) this.#sources.names.add(name, events)
  }
}

/** All that the facts of a call are taken from. */
interface Sources extends Readonly<FactParts> {
  names: NameIndex
  readonly batches: Batches
  readonly recent: RecentCalls
  readonly duplicate: ReturnType<typeof prepare>['duplicate']
  config: LintConfig
  plan: PlanJudge | null
}

/** A class, because an object that is written down with getters is put together anew, one by one, for each call. */
export class CallFacts implements Facts {
  readonly english = english
  readonly isTextDamaged: boolean
  readonly formerUser: string | null
  readonly isUserIntroduced: boolean
  readonly callBytes: number
  readonly isTranslated: boolean
  readonly #sources: Sources
  readonly #call: AnalysedCall
  readonly #person: number | null
  #past: EventPast | null = null

  constructor(sources: Sources, call: AnalysedCall, recognition: Recognition, text: string) {
    this.#sources = sources
    this.#call = call
    this.#person = recognition.person
    this.formerUser = recognition.formerUser
    this.isUserIntroduced = recognition.isUserIntroduced
    this.isTextDamaged = text.includes(replacementCharacter)
    this.callBytes = call.bytes
    this.isTranslated = call.isTranslated
  }

  get config() {
    return this.#sources.config
  }

  get plan() {
    return this.#sources.plan
  }

  get lookAlike() {
    const { event } = this.#call
    return event === null ? null : this.#sources.names.lookAlike(event)
  }

  get duplicateOf() {
    const { messageId, id } = this.#call
    const earlier = messageId === null ? undefined : this.#sources.duplicate.get(messageId, id)
    if (earlier === undefined) return null
    return { eventId: earlier.id, receivedAt: new Date(earlier.received_at).toISOString() }
  }

  get accountOfUser() {
    return this.#person === null ? null : this.#sources.accounts.latestOf(this.#person)
  }

  get sourceSendsAccounts() {
    return this.#sources.accounts.sourceSendsAccounts(this.#call.source)
  }

  get past() {
    const { event } = this.#call
    if (event === null || event === '') return null
    this.#past ??= eventPast(this.#sources.propertiesOf(event))
    return this.#past
  }

  get keyStyle() {
    return this.#sources.keyStyles.of(this.#call.source)
  }

  get accountBefore() {
    const account = this.#account
    return account === null ? null : this.#sources.accounts.knownOf(account)
  }

  get otherAccountOfUser() {
    const account = this.#account
    if (account === null || this.#person === null) return null
    return this.#sources.accounts.otherThan(account, this.#person)
  }

  get batch() {
    return this.#sources.batches.of(this.#call)
  }

  get firedBefore() {
    return this.#sources.recent.before(this.#call)
  }

  get #account() {
    return this.#sources.accounts.accountOf(this.#call)
  }
}

function prepare(database: Database.Database) {
  return {
    // The + keeps SQLite from looking at the value to see whether the partial index fits: for that, it would compile
    // the statement anew each time, which takes ten times as long as the search.
    duplicate: database.prepare<[string, number], { id: number; received_at: number }>(
      `SELECT event.id, event.received_at FROM analysed_event
       JOIN event ON event.id = analysed_event.event_id
       JOIN request ON request.id = event.request_id
       WHERE analysed_event.message_id = +? AND analysed_event.event_id < ?
         AND (request.fault IS NULL OR request.answer_status = 200) ORDER BY analysed_event.event_id LIMIT 1`,
    ),
    // In the order in which they first came: where two look alike and are used equally, the first one stands.
    names: database.prepare<[], { name: string; events: number }>(
      'SELECT name, events FROM catalog_name ORDER BY first_event_id',
    ),
  }
}
