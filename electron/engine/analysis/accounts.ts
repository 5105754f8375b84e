import type Database from 'better-sqlite3'
import { isJsonObject } from '../../../shared/normalise.ts'
import type { AnalysedCall } from './analysed-call.ts'
import { nameOf, usableId } from './identity.ts'

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
  latestOf(person: number): { id: string; name: string | null } | null {
    return this.#statements.latest.get(person) ?? null
  }

  sourceSendsAccounts(source: string): boolean {
    return this.#statements.sendsAccounts.get(source)?.sends_accounts === 1
  }

  count(call: AnalysedCall, account: string, person: number | null, problems: number): void {
    const at = call.receivedAt
    this.#statements.count.run(account, problems > 0 ? 1 : 0, at, at)
    if (call.type === 'group') this.#describe(account, call)
    if (person !== null)
      this.#statements.member.run(account, person, call.type === 'group' ? 'group' : 'context', at)
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
    latest: database.prepare<[number], { id: string; name: string | null }>(
      `SELECT account.id, account.name FROM member JOIN account ON account.id = member.account_id
       WHERE member.person_id = ? ORDER BY member.last_seen_at DESC, member.account_id LIMIT 1`,
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
    member: database.prepare(
      `INSERT INTO member (account_id, person_id, via, events, last_seen_at) VALUES (?, ?, ?, 1, ?)
       ON CONFLICT DO UPDATE SET events = events + 1,
         via = CASE WHEN via = 'group' THEN via ELSE excluded.via END,
         last_seen_at = max(last_seen_at, excluded.last_seen_at)`,
    ),
    countSource: database.prepare(
      `INSERT INTO source (source, events, library, sends_accounts) VALUES (?, 1, ?, ?)
       ON CONFLICT DO UPDATE SET events = events + 1, library = coalesce(excluded.library, library),
         sends_accounts = max(sends_accounts, excluded.sends_accounts)`,
    ),
  }
}
