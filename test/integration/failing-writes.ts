import type Database from 'better-sqlite3'

/** Lets one of the next writes to a database fail, wherever in its transaction that is. */
export class FailingWrites {
  readonly #database: Database.Database
  readonly #triggers: string[] = []
  /** Writes until the one that fails; null while none is to fail. */
  #left: number | null = null
  #code = ''

  /** Counts the writes to these tables. */
  constructor(database: Database.Database, tables: readonly string[]) {
    this.#database = database
    database.function('count_write', () => this.#count())
    for (const table of tables)
      for (const change of ['INSERT', 'UPDATE', 'DELETE']) {
        const trigger = `${table}_${change}`
        this.#triggers.push(trigger)
        database.exec(
          `CREATE TEMP TRIGGER ${trigger} BEFORE ${change} ON main.${table} BEGIN SELECT count_write(); END`,
        )
      }
  }

  /** After so many more writes, one fails with this code, as SQLite's own errors have it. */
  failAfter(writes: number, code: string): void {
    this.#left = writes
    this.#code = code
  }

  /** No write fails any more; true when one has. */
  stop(): boolean {
    const hasFailed = this.#left === -1
    this.#left = null
    return hasFailed
  }

  remove(): void {
    for (const trigger of this.#triggers) this.#database.exec(`DROP TRIGGER temp.${trigger}`)
  }

  #count(): null {
    if (this.#left === null || this.#left < 0) return null
    this.#left -= 1
    if (this.#left === -1) throw Object.assign(new Error('It can’t be written'), { code: this.#code })
    return null
  }
}
