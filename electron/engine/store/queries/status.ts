import type Database from 'better-sqlite3'

export interface LogSummary {
  events: number
  rejected: number
  users: number
  accounts: number
  names: number
  problems: number
  lastEventId: number
  analysedUpTo: number
  bytes: number
  sources: { source: string; events: number; library: string | null }[]
}

export class StatusQueries {
  readonly #database: Database.Database
  readonly #analysedUpTo: Database.Statement<[], { value: string }>
  readonly #lastEventId: Database.Statement<[], { id: number | null }>

  constructor(database: Database.Database) {
    this.#database = database
    this.#analysedUpTo = database.prepare("SELECT value FROM meta WHERE key = 'analysed_up_to'")
    this.#lastEventId = database.prepare('SELECT max(id) AS id FROM event')
  }

  /** Counts that are cheap at any size: of derived tables, never of the log. */
  summary(): Omit<LogSummary, 'events' | 'rejected' | 'lastEventId' | 'analysedUpTo'> {
    const count = (sql: string): number => this.#database.prepare<[], { n: number }>(sql).get()?.n ?? 0
    const pages = Number(this.#database.pragma('page_count', { simple: true }))
    const pageSize = Number(this.#database.pragma('page_size', { simple: true }))
    return {
      users: count('SELECT count(*) AS n FROM person'),
      accounts: count('SELECT count(*) AS n FROM account'),
      names: count('SELECT count(*) AS n FROM catalog_name'),
      problems: count('SELECT count(*) AS n FROM problem_group'),
      bytes: pages * pageSize,
      sources: this.#database
        .prepare<[], { source: string; events: number; library: string | null }>(
          'SELECT source, events, library FROM source ORDER BY events DESC LIMIT 50',
        )
        .all(),
    }
  }

  analysedUpTo(): number {
    return Number(this.#analysedUpTo.get()?.value ?? 0)
  }

  lastEventId(): number {
    return this.#lastEventId.get()?.id ?? 0
  }
}
