import type Database from 'better-sqlite3'
import { TracksideError } from '../../../../shared/contract/errors.ts'
import type { User, UserDetail } from '../../../../shared/contract/schemas.ts'
import { decodeCursor, pageOf } from './cursor.ts'
import { isoTime, parseObject, personIdOf, personLabelOf } from './event-rows.ts'
import type { PersonName } from './event-rows.ts'
import { frequentNames } from './frequent-names.ts'
import { searchCondition } from './searched-words.ts'

interface PersonRow extends PersonName {
  id: number
  events: number
  problems: number
  first_seen_at: number
  last_seen_at: number
}

export class UserQueries {
  readonly #database: Database.Database
  readonly #accounts: Database.Statement<[number], { id: string; name: string | null }>

  constructor(database: Database.Database) {
    this.#database = database
    this.#accounts = database.prepare(
      `SELECT member.account_id AS id, account.name FROM member LEFT JOIN account ON account.id = member.account_id
       WHERE member.person_id = ? ORDER BY member.last_seen_at DESC LIMIT 20`,
    )
  }

  /** By last seen; each word of `search` is looked for in names, e-mails, every id and the traits. */
  list(input: { search: string; limit: number; cursor?: string | undefined }) {
    const [lastSeenAt, id] = input.cursor ? decodeCursor(input.cursor, ['number', 'number']) : [8.64e15, 0]
    const { where, params } = searchCondition(
      input.search,
      ['name', 'email'],
      (pattern) => `id IN (SELECT person_id FROM identity WHERE value LIKE ${pattern} ESCAPE '\\')`,
    )
    const rows = this.#database
      .prepare<unknown[], PersonRow>(
        `SELECT * FROM person WHERE (last_seen_at, id) < (:lastSeenAt, :id) AND ${where}
         ORDER BY last_seen_at DESC, id DESC LIMIT :rows`,
      )
      .all({ lastSeenAt, id, ...params, rows: input.limit + 1 })
    const page = pageOf(rows, input.limit, (row) => [row.last_seen_at, row.id])
    return { users: page.rows.map((row) => this.#user(row)), nextCursor: page.nextCursor }
  }

  /** `id` may be any of the ids that are theirs; `anonymous:` in front asks for an anonymousId only. */
  personId(id: string): number | null {
    const anonymous = /^anonymous:(.*)$/s.exec(id)?.[1]
    const find = this.#database.prepare<[string, string], { person_id: number }>(
      'SELECT person_id FROM identity WHERE kind = ? AND value = ?',
    )
    const found =
      find.get('user', id) ?? find.get('anonymous', id) ?? (anonymous && find.get('anonymous', anonymous))
    return found ? found.person_id : null
  }

  get({ id }: { id: string }): UserDetail {
    const person = this.#database
      .prepare<[number | null], PersonRow & { traits: string }>('SELECT * FROM person WHERE id = ?')
      .get(this.personId(id))
    if (person === undefined) throw new TracksideError('NOT_FOUND', { what: 'user', id })
    const identities = this.#database
      .prepare<[number], { kind: 'user' | 'anonymous'; value: string; first_event_id: number; how: 'seen' }>(
        'SELECT * FROM identity WHERE person_id = ? ORDER BY kind DESC, first_event_id LIMIT 500',
      )
      .all(person.id)
    return {
      ...this.#user(person),
      traits: parseObject(person.traits),
      identities: identities.map(({ kind, value, first_event_id, how }) => ({
        kind,
        value,
        firstEventId: first_event_id,
        how,
      })),
      names: frequentNames(this.#database, { kind: 'person', person: person.id }),
    }
  }

  #user(row: PersonRow): User {
    return {
      id: personIdOf(row),
      label: personLabelOf(row),
      name: row.name,
      email: row.email,
      events: row.events,
      problems: row.problems,
      firstSeenAt: isoTime(row.first_seen_at),
      lastSeenAt: isoTime(row.last_seen_at),
      accounts: this.#accounts.all(row.id),
    }
  }
}
