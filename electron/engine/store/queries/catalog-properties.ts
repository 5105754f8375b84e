import type Database from 'better-sqlite3'
import type { CatalogProperty } from '../../../../shared/contract/catalog.ts'
import { isoTime } from './event-rows.ts'

interface PropertyRow {
  path: string
  type: string
  events: number
  shared_events: number
  first_event_id: number
  first_seen_at: number
  last_event_id: number
  last_seen_at: number
  example: string
  value_counts: string | null
  is_personal: number
}

/** Types whose values can be listed. */
const plainTypes: readonly string[] = ['string', 'number', 'boolean']

/** The metadata of a name, as analysis has counted it. */
export class CatalogPropertyQueries {
  readonly #rows: Database.Statement<[string], PropertyRow>

  constructor(database: Database.Database) {
    this.#rows = database.prepare<[string], PropertyRow>(
      `SELECT path, type, events, shared_events, first_event_id, first_seen_at, last_event_id, last_seen_at, example,
         value_counts, is_personal
       FROM catalog_property WHERE name = ? ORDER BY events DESC, path`,
    )
  }

  /** The most frequent first. */
  of(name: string): CatalogProperty[] {
    const byPath = new Map<string, PropertyRow[]>()
    for (const row of this.#rows.all(name)) {
      const known = byPath.get(row.path)
      if (known === undefined) byPath.set(row.path, [row])
      else known.push(row)
    }
    return [...byPath]
      .map(([path, rows]) => propertyOf(path, rows))
      .toSorted((one, other) => other.events - one.events)
  }
}

/** `rows` are the types of one path, the most frequent first. */
function propertyOf(path: string, rows: readonly PropertyRow[]): CatalogProperty {
  const isPersonal = rows.some((row) => row.is_personal === 1)
  return {
    path,
    events: rows.reduce((sum, row) => sum + row.events - row.shared_events, 0),
    types: rows.map((row) => ({
      type: row.type,
      events: row.events,
      first: { eventId: row.first_event_id, receivedAt: isoTime(row.first_seen_at) },
      last: { eventId: row.last_event_id, receivedAt: isoTime(row.last_seen_at) },
      example: row.example,
    })),
    example: rows[0]?.example ?? null,
    values: isPersonal ? null : valuesOf(rows),
    isPersonal,
  }
}

/** All values of all types, or null where those of one are not listed. */
function valuesOf(rows: readonly PropertyRow[]): CatalogProperty['values'] {
  const plain = rows.filter(({ type }) => plainTypes.includes(type))
  if (plain.length === 0) return null
  const values: [string | number | boolean, number][] = []
  for (const { value_counts } of plain) {
    if (value_counts === null) return null
    values.push(...(JSON.parse(value_counts) as typeof values))
  }
  return values.map(([value, events]) => ({ value, events })).toSorted((a, b) => b.events - a.events)
}
