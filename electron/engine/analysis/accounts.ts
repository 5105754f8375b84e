import type Database from 'better-sqlite3'
import { isJsonObject } from '../../../shared/normalise.ts'
import type { AnalysedCall } from './analysed-call.ts'
import { nameOf, usableId } from './identity.ts'

/** An account as a problem speaks of it. */
export interface NamedAccount {
  id: string
  name: string | null
}

/** What a slice has counted. Times are epoch milliseconds. */
interface AccountCounts {
  events: number
  problems: number
  firstSeenAt: number
  lastSeenAt: number
}

interface SourceCounts {
  events: number
  library: string | null
  sendsAccounts: boolean
}

/** What is known of an account at a moment. */
interface Known {
  calls: number
  isDescribed: boolean
}

const rememberedAccounts = 10_000
const rememberedPeople = 10_000

/** Sources are few; with more than these, somebody makes them up. */
const knownSources = 1_000

/**
 * Accounts, who is in them, and which sources speak of them at all. Counts gather in memory and are written once a
 * slice.
 */
export class Accounts {
  readonly #statements: ReturnType<typeof prepare>
  readonly #counts = new Map<string, AccountCounts>()
  readonly #sources = new Map<string, SourceCounts>()
  /** Whether a source has ever named an account, as far as that was asked for. */
  readonly #sendsAccounts = new Map<string, boolean>()
  readonly #known = new Map<string, Known>()
  /** People whom no group call has put in an account. */
  readonly #inNone = new Set<number>()

  constructor(database: Database.Database) {
    this.#statements = prepare(database)
  }

  /** The account of a call, unless it is nobody's. */
  accountOf(call: AnalysedCall): string | null {
    return usableId(call.accountId)
  }

  /** The account that this person was last seen in. */
  latestOf(person: number): NamedAccount | null {
    return this.#statements.latest.get(person) ?? null
  }

  /** How many calls have named an account, and whether a group call has described it. */
  knownOf(account: string): Readonly<Known> {
    const remembered = this.#known.get(account)
    if (remembered !== undefined) return remembered
    const stored = this.#statements.known.get(account)
    const calls = (stored?.events ?? 0) + (this.#counts.get(account)?.events ?? 0)
    const known = { calls, isDescribed: stored?.described === 1 }
    if (this.#known.size >= rememberedAccounts) this.#known.clear()
    this.#known.set(account, known)
    return known
  }

  /** An account that group calls have put this person in; null where there is none, or where this one is among them. */
  otherThan(account: string, person: number): NamedAccount | null {
    // Most people are in none by a group call.
    if (this.#inNone.has(person)) return null
    if (this.#statements.membership.get(account, person)?.via === 'group') return null
    const other = this.#statements.byGroup.get(person) ?? null
    if (other === null) {
      if (this.#inNone.size >= rememberedPeople) this.#inNone.clear()
      this.#inNone.add(person)
    }
    return other
  }

  /** Two people have turned out to be one, who is in the accounts of both. */
  forgetPeople(): void {
    this.#inNone.clear()
  }

  sourceSendsAccounts(source: string): boolean {
    const known = this.#sendsAccounts.get(source)
    if (known !== undefined) return known
    const sends =
      this.#sources.get(source)?.sendsAccounts === true ||
      this.#statements.sendsAccounts.get(source)?.sends_accounts === 1
    if (this.#sendsAccounts.size >= knownSources) this.#sendsAccounts.clear()
    this.#sendsAccounts.set(source, sends)
    return sends
  }

  count(call: AnalysedCall, account: string, person: number | null, problems: number): void {
    const at = call.receivedAt
    const counts = this.#counts.get(account)
    if (counts === undefined) {
      // Its row has to be there: facts and descriptions speak of accounts that are new in this slice.
      this.#statements.count.run(account, 1, problems > 0 ? 1 : 0, at, at)
      this.#counts.set(account, { events: 0, problems: 0, firstSeenAt: at, lastSeenAt: at })
    } else {
      counts.events += 1
      if (problems > 0) counts.problems += 1
      counts.firstSeenAt = Math.min(counts.firstSeenAt, at)
      counts.lastSeenAt = Math.max(counts.lastSeenAt, at)
    }
    const known = this.#known.get(account)
    if (known !== undefined) known.calls += 1
    if (call.type === 'group') {
      this.#describe(account, call)
      if (known !== undefined) known.isDescribed = true
    }
    if (person === null) return
    if (call.type === 'group') this.#inNone.delete(person)
    const { memberByGroup, memberByContext } = this.#statements
    const member = call.type === 'group' ? memberByGroup : memberByContext
    member.run(account, person, at)
  }

  countSource(source: string, library: string | null, namesAccount: boolean): void {
    const counts = this.#sources.get(source)
    if (counts === undefined) this.#sources.set(source, { events: 1, library, sendsAccounts: namesAccount })
    else {
      counts.events += 1
      counts.library = library ?? counts.library
      counts.sendsAccounts ||= namesAccount
    }
    if (namesAccount) this.#sendsAccounts.set(source, true)
  }

  /** Writes the counts of this slice. */
  flush(): void {
    for (const [account, { events, problems, firstSeenAt, lastSeenAt }] of this.#counts)
      if (events > 0) this.#statements.count.run(account, events, problems, firstSeenAt, lastSeenAt)
    this.#counts.clear()
    for (const [source, { events, library, sendsAccounts }] of this.#sources)
      this.#statements.countSource.run(source, events, library, sendsAccounts ? 1 : 0)
    this.#sources.clear()
  }

  /** Drops what was not yet written, after a slice was rolled back. */
  forget(): void {
    this.#counts.clear()
    this.#sources.clear()
    this.#sendsAccounts.clear()
    this.#known.clear()
    this.#inNone.clear()
  }

  #describe(account: string, call: AnalysedCall): void {
    const known: unknown = JSON.parse(this.#statements.traits.get(account)?.traits ?? '{}')
    const traits = { ...(isJsonObject(known) ? known : {}), ...call.traits }
    this.#statements.describe.run(JSON.stringify(traits), nameOf(traits), account)
  }
}

function prepare(database: Database.Database) {
  return {
    // The + keeps SQLite from looking at the value to see whether the partial index fits: for that, it would compile the
    // statement anew each time.
    latest: database.prepare<[number], NamedAccount>(
      `SELECT account.id, account.name FROM member JOIN account ON account.id = member.account_id
       WHERE member.person_id = +? ORDER BY member.last_seen_at DESC, member.account_id LIMIT 1`,
    ),
    known: database.prepare<[string], { events: number; described: number }>(
      'SELECT events, described FROM account WHERE id = ?',
    ),
    membership: database.prepare<[string, number], { via: string }>(
      'SELECT via FROM member WHERE account_id = ? AND person_id = ?',
    ),
    byGroup: database.prepare<[number], NamedAccount>(
      `SELECT account.id, account.name FROM member JOIN account ON account.id = member.account_id
       WHERE member.person_id = +? AND member.via = 'group' ORDER BY member.account_id LIMIT 1`,
    ),
    sendsAccounts: database.prepare<[string], { sends_accounts: number }>(
      'SELECT sends_accounts FROM source WHERE source = ?',
    ),
    count: database.prepare(
      `INSERT INTO account (id, traits, described, events, problems, first_seen_at, last_seen_at)
       VALUES (?, '{}', 0, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET events = events + excluded.events, problems = problems + excluded.problems,
         first_seen_at = min(first_seen_at, excluded.first_seen_at),
         last_seen_at = max(last_seen_at, excluded.last_seen_at)`,
    ),
    traits: database.prepare<[string], { traits: string }>('SELECT traits FROM account WHERE id = ?'),
    describe: database.prepare('UPDATE account SET traits = ?, name = ?, described = 1 WHERE id = ?'),
    memberByGroup: database.prepare<[string, number, number]>(
      `INSERT INTO member (account_id, person_id, via, events, last_seen_at) VALUES (?, ?, 'group', 1, ?)
       ON CONFLICT DO UPDATE SET events = events + 1, via = 'group',
         last_seen_at = max(last_seen_at, excluded.last_seen_at)`,
    ),
    // It leaves `via` alone, so that the index of those put in by group calls need not be touched.
    memberByContext: database.prepare<[string, number, number]>(
      `INSERT INTO member (account_id, person_id, via, events, last_seen_at) VALUES (?, ?, 'context', 1, ?)
       ON CONFLICT DO UPDATE SET events = events + 1, last_seen_at = max(last_seen_at, excluded.last_seen_at)`,
    ),
    countSource: database.prepare(
      `INSERT INTO source (source, events, library, sends_accounts) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET events = events + excluded.events, library = coalesce(excluded.library, library),
         sends_accounts = max(sends_accounts, excluded.sends_accounts)`,
    ),
  }
}
