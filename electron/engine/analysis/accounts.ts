import type Database from 'better-sqlite3'
import { isJsonObject } from '../../../shared/normalise.ts'
import type { AnalysedCall } from './analysed-call.ts'
import { nameOf, usableId } from './identity.ts'

/** An account as a problem speaks of it. */
export interface NamedAccount {
  id: string
  name: string | null
}

/** Accounts, who is in them, and which sources speak of them at all. */
export class Accounts {
  readonly #statements: ReturnType<typeof prepare>

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
  knownOf(account: string): { calls: number; isDescribed: boolean } {
    const known = this.#statements.known.get(account)
    return { calls: known?.events ?? 0, isDescribed: known?.described === 1 }
  }

  /** An account that group calls have put this person in; null where there is none, or where this one is among them. */
  otherThan(account: string, person: number): NamedAccount | null {
    if (this.#statements.membership.get(account, person)?.via === 'group') return null
    return this.#statements.byGroup.get(person) ?? null
  }

  sourceSendsAccounts(source: string): boolean {
    return this.#statements.sendsAccounts.get(source)?.sends_accounts === 1
  }

  count(call: AnalysedCall, account: string, person: number | null, problems: number): void {
    const at = call.receivedAt
    this.#statements.count.run(account, problems > 0 ? 1 : 0, at, at)
    if (call.type === 'group') this.#describe(account, call)
    if (person === null) return
    const { memberByGroup, memberByContext } = this.#statements
    const member = call.type === 'group' ? memberByGroup : memberByContext
    member.run(account, person, at)
  }

  countSource(source: string, library: string | null, namesAccount: boolean): void {
    this.#statements.countSource.run(source, library, namesAccount ? 1 : 0)
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
       VALUES (?, '{}', 0, 1, ?, ?, ?)
       ON CONFLICT DO UPDATE SET events = events + 1, problems = problems + excluded.problems,
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
      `INSERT INTO source (source, events, library, sends_accounts) VALUES (?, 1, ?, ?)
       ON CONFLICT DO UPDATE SET events = events + 1, library = coalesce(excluded.library, library),
         sends_accounts = max(sends_accounts, excluded.sends_accounts)`,
    ),
  }
}
