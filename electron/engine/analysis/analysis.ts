import type Database from 'better-sqlite3'
import type { Problem } from '../../../shared/event.ts'
import type { Rejudging } from '../../../shared/contract/schemas.ts'
import type { LintConfig, Linter } from '../../../shared/lint/index.ts'
import { isStorageError } from '../store/database.ts'
import { EventLists, eventListTables } from '../store/event-lists.ts'
import { LogRows } from '../store/log-rows.ts'
import type { LogRow } from '../store/log-rows.ts'
import { judgementOf, readStoredPlan } from '../store/plan.ts'
import { Accounts } from './accounts.ts'
import { agreementOn } from './agreement.ts'
import type { Agreement } from './agreement.ts'
import { callOf } from './analysed-call.ts'
import { Catalog } from './catalog.ts'
import { PastFacts } from './facts.ts'
import { People } from './identity.ts'
import { KeyStyles } from './key-styles.ts'
import { Problems, severityRank, worstOf } from './problems.ts'
import { RuleFailures } from './rule-failures.ts'

/** Raised whenever what analysis makes of an event changes: the log is then read anew. */
const analysisVersion = 7
/** How many rows a slice reads at once: few at first, because it may be a short one. */
const rowsPerRead = { first: 16, most: 256 }

/** All that is known of a row that can't be read. */
type Unread = Pick<LogRow, 'id'>

const derivedTables = [
  'analysed_event',
  ...eventListTables,
  'person',
  'identity',
  'account',
  'member',
  'source',
  'source_key_style',
  'catalog_name',
  'catalog_near_family',
  'catalog_source',
  'catalog_property',
  'problem',
  'problem_group',
  'problem_group_source',
]

/**
 * Follows the log with a checkpoint. Each slice is one transaction that moves the checkpoint with what it has
 * derived, so a crash costs a slice and nothing counts twice.
 */
export class Analysis {
  readonly #database: Database.Database
  readonly #statements: ReturnType<typeof prepare>
  readonly #log: LogRows
  readonly #lists: EventLists
  readonly #people: People
  readonly #accounts: Accounts
  readonly #catalog: Catalog
  readonly #keyStyles: KeyStyles
  readonly #problems: Problems
  readonly #facts: PastFacts
  readonly #failures: RuleFailures
  /** Events that have failed: passed as if nothing could be made of them, or left out altogether. */
  readonly #troublesome = new Map<number, 'passed' | 'skipped'>()
  /** Up to this event each is analysed in a transaction of its own, because one of them has failed. */
  #aloneUpTo = 0
  #upTo: number
  /** The last event that there was when analysis last began anew. */
  #rejudgesUpTo: number
  /** What is to be judged by; null until somebody has said it. */
  #agreement: Agreement | null = null
  /** The fingerprint of what the past was judged by. */
  #judgedBy: string

  constructor(database: Database.Database) {
    this.#database = database
    this.#statements = prepare(database)
    this.#log = new LogRows(database)
    this.#lists = new EventLists(database)
    this.#people = new People(database, () => this.#accounts.forgetPeople())
    this.#accounts = new Accounts(database)
    this.#problems = new Problems(database)
    this.#keyStyles = new KeyStyles(database)
    this.#facts = new PastFacts(database, {
      log: this.#log,
      accounts: this.#accounts,
      keyStyles: this.#keyStyles,
      propertiesOf: (name) => this.#catalog.propertiesOf(name),
      isGoodName: (name) => this.#agreement?.linter.isGoodName(name) ?? false,
    })
    this.#catalog = new Catalog(database, (name) => this.#facts.kinOf(name))
    this.#failures = new RuleFailures(database)
    this.#upTo = Number(this.#readMeta('analysed_up_to') ?? 0)
    this.#rejudgesUpTo = Number(this.#readMeta('rejudges_up_to') ?? 0)
    this.#judgedBy = this.#readMeta('judged_by') ?? ''
    const version = Number(this.#readMeta('analysis_version') ?? 0)
    if (version !== analysisVersion || this.isPlanOutdated) this.restart()
    else {
      this.#facts.judgeBy(readStoredPlan(database)?.plan ?? null)
      this.#forget()
    }
  }

  /** Whether the plan has become another one than that by which all events so far were judged. */
  get isPlanOutdated(): boolean {
    const judgedBy = this.#readMeta('judged_by_plan') ?? ''
    return judgedBy !== judgementOf(readStoredPlan(this.#database)?.plan ?? null)
  }

  /** Says what to judge by. Until it has been said, nothing is analysed; where it `isStale` then, `restart` is due. */
  follow(config: LintConfig): void {
    const agreement = agreementOn(config)
    // The linter that is there has the names in mind.
    if (agreement.fingerprint === this.#agreement?.fingerprint) return
    this.#agreement = agreement
    this.#facts.config = config
    // Which names are good is another matter now.
    this.#forget()
  }

  /** Whether the past was judged by something else than what is agreed on now. */
  get isStale(): boolean {
    return this.#agreement !== null && this.#agreement.fingerprint !== this.#judgedBy
  }

  /** Whether anybody has said what to judge by. */
  get isAgreed(): boolean {
    return this.#agreement !== null
  }

  /** How far the past has been read anew; null while analysis only follows what arrives. */
  get rejudging(): Rejudging {
    return this.#upTo < this.#rejudgesUpTo ? { upTo: this.#upTo, of: this.#rejudgesUpTo } : null
  }

  /** How often a rule has thrown since analysis last began anew. */
  get failures(): number {
    return this.#failures.count
  }

  /** Everything up to this event id is analysed. */
  get upTo(): number {
    return this.#upTo
  }

  /** Throws away all that is derived; the next slices read the log from its beginning. */
  restart(): void {
    const judgedBy = this.#agreement?.fingerprint ?? ''
    const rejudgesUpTo = this.#statements.lastEvent.get()?.id ?? 0
    const plan = readStoredPlan(this.#database)?.plan ?? null
    this.#database
      .transaction(() => {
        for (const table of derivedTables) this.#database.exec(`DELETE FROM ${table}`)
        this.#statements.writeMeta.run('analysed_up_to', '0')
        this.#statements.writeMeta.run('listed_up_to', '0')
        this.#statements.writeMeta.run('analysis_version', String(analysisVersion))
        this.#statements.writeMeta.run('judged_by', judgedBy)
        this.#statements.writeMeta.run('rejudges_up_to', String(rejudgesUpTo))
        this.#failures.clear()
        this.#statements.writeMeta.run('judged_by_plan', judgementOf(plan))
      })
      .immediate()
    this.#facts.judgeBy(plan)
    this.#judgedBy = judgedBy
    this.#rejudgesUpTo = rejudgesUpTo
    this.#troublesome.clear()
    this.#aloneUpTo = 0
    this.#upTo = 0
    this.#forget()
  }

  /** Analyses one event after the other until `isOver`, or until `lastEventId`; false when there was nothing to do. */
  slice(lastEventId: number, isOver: () => boolean): boolean {
    if (this.#agreement === null || this.isStale || this.#upTo >= lastEventId) return false
    const { linter } = this.#agreement
    const isAlone = this.#upTo < this.#aloneUpTo
    let reached = this.#upTo
    let current = this.#upTo
    try {
      this.#database
        .transaction(() => {
          for (const row of this.#rows(isAlone)) {
            current = row.id
            this.#take(row, linter)
            reached = row.id
            if (isOver()) break
          }
          // Deleted events leave gaps: an empty read means that the rest of the ids is gone.
          if (reached === this.#upTo) reached = lastEventId
          this.#people.flush()
          this.#accounts.flush()
          this.#catalog.flush()
          this.#keyStyles.flush()
          this.#problems.flush()
          this.#failures.flush()
          this.#lists.reach(reached)
          this.#statements.writeMeta.run('analysed_up_to', String(reached))
        })
        .immediate()
    } catch (error) {
      this.#forget()
      if (isStorageError(error)) throw error
      this.#isolate(current, isAlone, error)
      return true
    }
    this.#upTo = reached
    if (this.#upTo >= this.#aloneUpTo) this.#troublesome.clear()
    return true
  }

  /**
   * One event that can't be analysed must not stop the rest. Which one it is shows when those of the failed slice are
   * analysed one by one; it is then passed, and where even that fails, left out.
   */
  #isolate(current: number, wasAlone: boolean, error: unknown): void {
    const treatment = this.#troublesome.get(current)
    // Not even the checkpoint can be moved: to try on at once would be to try for ever.
    if (treatment === 'skipped') throw error
    if (!wasAlone) {
      this.#aloneUpTo = current
      return
    }
    this.#troublesome.set(current, treatment === undefined ? 'passed' : 'skipped')
    this.#failures.add('analysis', current, String(error))
  }

  /** What a slice analyses, one row or as many as are taken. */
  *#rows(isAlone: boolean): Generator<LogRow | Unread, void, undefined> {
    let after = this.#upTo
    for (let limit = isAlone ? 1 : rowsPerRead.first; ; limit = Math.min(2 * limit, rowsPerRead.most)) {
      const rows = this.#read(after, limit)
      yield* rows
      const last = rows.at(-1)
      if (last === undefined || isAlone || last.id <= this.#aloneUpTo) return
      after = last.id
    }
  }

  #read(after: number, limit: number): (LogRow | Unread)[] {
    try {
      return this.#log.read(after, limit)
    } catch (error) {
      if (limit > 1) {
        // Which row it is shows when they are read one by one.
        const last = this.#log.ids(after, limit).at(-1)
        if (last === undefined) throw error
        this.#aloneUpTo = last.id
        return this.#read(after, 1)
      }
      const [unreadable] = this.#log.ids(after, 1)
      if (unreadable === undefined) throw error
      this.#troublesome.set(unreadable.id, 'skipped')
      this.#failures.add('analysis', unreadable.id, `it can’t be read: ${String(error)}`)
      return [unreadable]
    }
  }

  #take(row: LogRow | Unread, linter: Linter): void {
    const treatment = this.#troublesome.get(row.id)
    if (treatment === 'skipped' || !('accepted' in row)) return
    if (treatment === 'passed') this.#pass(row)
    else this.#analyse(row, linter)
  }

  /** An event of which analysis makes nothing: rejected, or not readable. It shows with those whom it names. */
  #pass(row: LogRow): void {
    const person = this.#people.knownBy(row.user_id, row.anonymous_id)
    const worst = row.accepted === 1 ? 0 : severityRank.error
    this.#statements.analysed.run(
      ...[row.id, row.received_at, row.type, null, person, row.account_id, row.source, row.message_id],
      ...[row.accepted, 0, worst],
    )
  }

  #readMeta(key: string): string | undefined {
    return this.#statements.readMeta.get(key)?.value
  }

  /** What was gathered in memory but not committed. */
  #forget(): void {
    this.#people.forget()
    this.#accounts.forget()
    this.#catalog.forget()
    this.#keyStyles.forget()
    this.#problems.forget()
    this.#failures.forget()
    this.#lists.forget()
    this.#facts.forget(this.#upTo)
  }

  #analyse(row: LogRow, linter: Linter): void {
    const call = callOf(row)
    if (call === null) {
      this.#pass(row)
      return
    }
    const recognition = this.#people.recognise(call)
    const { person } = recognition
    const account = this.#accounts.accountOf(call)
    const { problems, failures } = linter.lint(call, this.#facts.of(call, recognition, row.payload ?? ''))
    for (const { rule, message, cause } of failures) {
      // A fact that could not be looked up, on a broken disk: nothing is wrong with the rule.
      if (isStorageError(cause)) throw cause
      this.#failures.add(rule, call.id, message)
    }
    const worst = worstOf(problems)
    this.#problems.add(call, problems)
    const name = call.event ?? call.name
    // By place: to find each value by its name takes as long as the rest of the insertion.
    this.#statements.analysed.run(
      ...[call.id, call.receivedAt, call.type, name, person, call.accountId, row.source, call.messageId],
      ...[1, problems.length, worst],
    )
    if (person !== null) this.#people.count(person, call.receivedAt, problems.length)
    if (account !== null) this.#accounts.count(call, account, person, problems.length)
    this.#accounts.countSource(call.source, call.libraryName, account !== null)
    if (call.event !== null && call.event !== '') {
      this.#keyStyles.count(call)
      this.#catalog.count(call, call.event, problems.length, worst, nameSuggestion(problems))
    }
    this.#facts.add(call)
  }
}

function nameSuggestion(problems: readonly Problem[]): string | null {
  return (
    problems.find((problem) => problem.path === 'event' && problem.suggestion !== null)?.suggestion ?? null
  )
}

function prepare(database: Database.Database) {
  return {
    analysed: database.prepare(
      `INSERT INTO analysed_event (event_id, received_at, type, name, person_id, account_id, source, message_id,
         accepted, problems, worst)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    lastEvent: database.prepare<[], { id: number | null }>('SELECT max(id) AS id FROM event'),
    readMeta: database.prepare<[string], { value: string }>('SELECT value FROM meta WHERE key = ?'),
    writeMeta: database.prepare(
      'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
    ),
  }
}
