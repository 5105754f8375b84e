import type Database from 'better-sqlite3'
import { NameIndex, defaultLintConfig, replacementCharacter } from '../../../shared/lint/index.ts'
import type { Kin, LintConfig } from '../../../shared/lint/index.ts'
import type { PlanJudge } from '../../../shared/lint/plan/judge.ts'
import type { Facts } from '../../../shared/lint/rule.ts'
import type { Plan } from '../../../shared/plan/plan.ts'
import type { Accounts } from './accounts.ts'
import type { AnalysedCall } from './analysed-call.ts'
import { Batches } from './batches.ts'
import type { PropertyTree } from './catalog/property-tree.ts'
import { english } from './english.ts'
import { eventPast } from './event-past.ts'
import type { Recognition } from './identity.ts'
import type { KeyStyles } from './key-styles.ts'
import type { LogRows } from './log-rows.ts'
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
  readonly #parts: FactParts
  readonly #batches: Batches
  readonly #recent: RecentCalls
  #names: NameIndex
  /** What the team has agreed on. */
  config: LintConfig = defaultLintConfig
  #plan: PlanJudge | null = null

  constructor(database: Database.Database, parts: FactParts) {
    this.#statements = prepare(database)
    this.#parts = parts
    this.#batches = new Batches(database)
    this.#recent = new RecentCalls(parts.log)
    this.#names = new NameIndex(parts.isGoodName)
  }

  /** `text` is the payload as sent. */
  of(call: AnalysedCall, { person, formerUser, isUserIntroduced }: Recognition, text: string): Facts {
    const { accounts, keyStyles, propertiesOf } = this.#parts
    const names = this.#names
    const account = accounts.accountOf(call)
    const batches = this.#batches
    const recent = this.#recent
    const duplicate =
      call.messageId === null ? undefined : this.#statements.duplicate.get(call.messageId, call.id)
    return {
      english,
      config: this.config,
      get lookAlike() {
        return call.event === null ? null : names.lookAlike(call.event)
      },
      duplicateOf:
        duplicate === undefined
          ? null
          : { eventId: duplicate.id, receivedAt: new Date(duplicate.received_at).toISOString() },
      isTextDamaged: text.includes(replacementCharacter),
      get accountOfUser() {
        return person === null ? null : accounts.latestOf(person)
      },
      get sourceSendsAccounts() {
        return accounts.sourceSendsAccounts(call.source)
      },
      get past() {
        return call.event === null || call.event === '' ? null : eventPast(propertiesOf(call.event))
      },
      get keyStyle() {
        return keyStyles.of(call.source)
      },

      formerUser,
      isUserIntroduced,
      get accountBefore() {
        return account === null ? null : accounts.knownOf(account)
      },
      get otherAccountOfUser() {
        return account === null || person === null ? null : accounts.otherThan(account, person)
      },
      callBytes: call.bytes,
      get batch() {
        return batches.of(call)
      },
      get firedBefore() {
        return recent.before(call)
      },
      isTranslated: call.isTranslated,
      plan: this.#plan,
    }
  }

  /** The plan that events are held against from now on. */
  judgeBy(plan: Plan | null): void {
    this.#plan = plan === null ? null : new CompiledPlan(plan)
  }

  /** What a name may be mistaken for; null for one that is compared with no other. */
  kinOf(name: string): Kin | null {
    return this.#names.kinOf(name)
  }

  /** A call has been judged. */
  add(call: AnalysedCall): void {
    if (call.event !== null && call.event !== '') this.#names.add(call.event)
    this.#recent.add(call)
  }

  /** Back to what is committed: up to this event. */
  forget(upTo: number): void {
    this.#batches.forget()
    this.#recent.forget(upTo)
    this.#names = new NameIndex(this.#parts.isGoodName)
    for (const { name, events } of this.#statements.names.iterate()) this.#names.add(name, events)
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
    names: database.prepare<[], { name: string; events: number }>('SELECT name, events FROM catalog_name'),
  }
}
