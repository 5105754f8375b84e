import type Database from 'better-sqlite3'
import { TracksideError } from '../../../../shared/contract/errors.ts'
import type { Account, AccountDetail } from '../../../../shared/contract/schemas.ts'
import { decodeCursor, pageOf } from './cursor.ts'
import { isoTime, parseObject, personIdOf, personLabelOf } from './event-rows.ts'
import type { PersonName } from './event-rows.ts'
import { frequentNames } from './frequent-names.ts'
import { searchCondition } from './searched-words.ts'

interface AccountRow {
  id: string
  name: string | null
  traits: string
  described: number
  events: number
  problems: number
  members: number
  first_seen_at: number
  last_seen_at: number
}

interface MemberRow extends PersonName {
  via: 'group' | 'context'
  member_events: number
  member_last_seen_at: number
}

const columns = `account.*, (SELECT count(*) FROM member WHERE member.account_id = account.id) AS members`

export class AccountQueries {
  readonly #database: Database.Database

  constructor(database: Database.Database) {
    this.#database = database
  }

  /** By last seen; each word of `search` is looked for in ids, names and traits. */
  list(input: { search: string; limit: number; cursor?: string | undefined }) {
    const [lastSeenAt, id] = input.cursor ? decodeCursor(input.cursor, ['number', 'string']) : [8.64e15, '']
    const { where, params } = searchCondition(input.search, ['id', 'name'])
    const rows = this.#database
      .prepare<unknown[], AccountRow>(
        `SELECT ${columns} FROM account WHERE (last_seen_at, id) < (:lastSeenAt, :id) AND ${where}
         ORDER BY last_seen_at DESC, id DESC LIMIT :rows`,
      )
      .all({ lastSeenAt, id, ...params, rows: input.limit + 1 })
    const page = pageOf(rows, input.limit, (row) => [row.last_seen_at, row.id])
    return { accounts: page.rows.map(accountOf), nextCursor: page.nextCursor }
  }

  get({ id }: { id: string }): AccountDetail {
    const row = this.#database
      .prepare<[string], AccountRow>(`SELECT ${columns} FROM account WHERE id = ?`)
      .get(id)
    if (row === undefined) throw new TracksideError('NOT_FOUND', { what: 'account', id })
    const members = this.#database
      .prepare<[string], MemberRow>(
        `SELECT person.*, member.via, member.events AS member_events, member.last_seen_at AS member_last_seen_at
         FROM member JOIN person ON person.id = member.person_id
         WHERE member.account_id = ? ORDER BY member.last_seen_at DESC LIMIT 200`,
      )
      .all(id)
    const without = this.#database
      .prepare<[string], { events: number }>(
        `SELECT count(*) AS events FROM analysed_event
         WHERE person_id IN (SELECT person_id FROM member WHERE account_id = ?)
           AND type = 'track' AND account_id IS NULL`,
      )
      .get(id)
    return {
      ...accountOf(row),
      traits: parseObject(row.traits),
      memberList: members.map((member) => ({
        id: personIdOf(member),
        label: personLabelOf(member),
        via: member.via,
        events: member.member_events,
        lastSeenAt: isoTime(member.member_last_seen_at),
      })),
      names: frequentNames(this.#database, { kind: 'account', account: id }),
      withoutAccount: without?.events ?? 0,
    }
  }
}

function accountOf(row: AccountRow): Account {
  return {
    id: row.id,
    name: row.name,
    events: row.events,
    members: row.members,
    problems: row.problems,
    described: row.described === 1,
    firstSeenAt: isoTime(row.first_seen_at),
    lastSeenAt: isoTime(row.last_seen_at),
  }
}
