import type Database from 'better-sqlite3'

/** A power of two. One row with a statement of its own costs half as much again as one of so many. */
const mostRows = 32

/** Inserts rows into a table, many with one statement. */
export class RowInsert {
  readonly #database: Database.Database
  readonly #head: string
  readonly #row: string
  readonly #width: number
  readonly #statements = new Map<number, Database.Statement<unknown[]>>()

  /** `columns` are bound for each row; `fixed` are the same for all: SQL, in which `@names` stand for what is bound once. */
  constructor(
    database: Database.Database,
    table: string,
    columns: readonly string[],
    fixed: Readonly<Record<string, string>> = {},
  ) {
    this.#database = database
    this.#width = columns.length
    this.#head = `INSERT INTO ${table} (${[...columns, ...Object.keys(fixed)].join(', ')}) VALUES `
    this.#row = `(${[...columns.map(() => '?'), ...Object.values(fixed)].join(', ')})`
  }

  /** `values` has those of all rows, one row after the other. Gives the id of the last one. */
  insert(values: readonly unknown[], ...once: [named?: Readonly<Record<string, unknown>>]): number {
    let lastId = 0
    for (let from = 0; from < values.length;) {
      const left = (values.length - from) / this.#width
      // The largest power of two that is left: a few statements serve any number.
      const rows = Math.min(mostRows, 2 ** Math.floor(Math.log2(left)))
      const to = from + rows * this.#width
      lastId = Number(this.#statement(rows).run(...values.slice(from, to), ...once).lastInsertRowid)
      from = to
    }
    return lastId
  }

  #statement(rows: number): Database.Statement<unknown[]> {
    const known = this.#statements.get(rows)
    if (known !== undefined) return known
    const statement = this.#database.prepare<unknown[]>(this.#head + Array(rows).fill(this.#row).join(', '))
    this.#statements.set(rows, statement)
    return statement
  }
}
