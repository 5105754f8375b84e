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
    return {
      users: count('SELECT count(*) AS n FROM person'),
      accounts: count('SELECT count(*) AS n FROM account'),
      names: count('SELECT count(*) AS n FROM catalog_name'),
      problems: count('SELECT count(*) AS n FROM problem_group'),
      bytes: this.#bytes(),
      sources: this.#database
        .prepare<[], { source: string; events: number; library: string | null }>(
          'SELECT source, events, library FROM source ORDER BY events DESC LIMIT 50',
        )
        .all(),
    }
  }

  /** Of the log and, where it is attached, of the index of its words. */
  #bytes(): number {
    const files = this.#database.pragma('database_list') as { name: string }[]
    const size = (name: string, of: 'page_count' | 'page_size'): number =>
      Number(this.#database.pragma(`${name}.${of}`, { simple: true }))
    return files
      .filter(({ name }) => name !== 'temp')
      .reduce((sum, { name }) => sum + size(name, 'page_count') * size(name, 'page_size'), 0)
  }

  analysedUpTo(): number {
    return Number(this.#analysedUpTo.get()?.value ?? 0)
  }

  lastEventId(): number {
    return this.#lastEventId.get()?.id ?? 0
  }
}
