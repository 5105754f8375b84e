import type Database from 'better-sqlite3'

/** What is no matter of analysis: the log, and what a person has set. */
const otherTables = new Set([
  ...['event', 'request', 'sqlite_sequence', 'sqlite_stat1', 'setting', 'plan', 'indexed_log'],
  ...['destination', 'replay', 'replay_outcome', 'replay_tally'],
])

type Row = Record<string, unknown>
/** The rows of each table, as texts. */
export type DerivedTables = Record<string, string[]>

/** The rows that only one of two has, by table: a fraction of what a comparison of all would print. */
export function differences(one: DerivedTables, other: DerivedTables): Record<string, [string[], string[]]> {
  const found: Record<string, [string[], string[]]> = {}
  for (const table of new Set([...Object.keys(one), ...Object.keys(other)])) {
    const [ones, others] = [new Set(one[table]), new Set(other[table])]
    if (ones.symmetricDifference(others).size > 0)
      found[table] = [[...ones.difference(others)], [...others.difference(ones)]]
  }
  return found
}

/**
 * All that analysis has derived, by table, each row as a text. The numbers of people are arbitrary: in their place stand
 * the ids that they are known by.
 */
export function derivedTables(database: Database.Database): DerivedTables {
  const ids = idsOfPeople(database)
  const tables: DerivedTables = {}
  for (const table of namesOfDerivedTables(database)) {
    tables[table] = database
      .prepare<[], Row>(`SELECT * FROM ${table}`)
      .all()
      .map((row) => JSON.stringify(named(table, row, ids)))
      .sort()
  }
  return tables
}

/** Those that are there: a new one is among them by itself. */
export function namesOfDerivedTables(database: Database.Database): string[] {
  return database
    .prepare<[], { name: string }>("SELECT name FROM main.sqlite_schema WHERE type = 'table'")
    .all()
    .map(({ name }) => name)
    .filter((name) => !otherTables.has(name))
}

function idsOfPeople(database: Database.Database): ReadonlyMap<unknown, string> {
  const rows = database
    .prepare<[], { person: number; ids: string }>(
      `SELECT person_id AS person, group_concat(kind || ' ' || value, ', ' ORDER BY kind, value) AS ids
       FROM identity GROUP BY person_id`,
    )
    .all()
  return new Map(rows.map(({ person, ids }) => [person, ids]))
}

function named(table: string, row: Row, ids: ReadonlyMap<unknown, string>): Row {
  const column = table === 'person' ? 'id' : 'person_id'
  const person = row[column]
  if (person === undefined || person === null) return row
  return { ...row, [column]: ids.get(person) ?? `nobody’s number ${JSON.stringify(person)}` }
}
