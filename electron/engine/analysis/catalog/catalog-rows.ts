import type Database from 'better-sqlite3'
import type { Kin } from '../../../../shared/lint/index.ts'
import type { PropertyType, ValueType } from './property-tree.ts'
import { ValueCounts } from './value-counts.ts'

/** Names can be made up that all look alike: a new one is tied to so many families. */
const nearFamilies = 8

/** What a slice has counted at one name. */
export interface NameCounts {
  events: number
  problems: number
  worst: number
  suggestion: string | null
  firstEventId: number
  firstSeenAt: number
  lastSeenAt: number
}

interface PropertyRow {
  path: string
  type: ValueType
  events: number
  shared_events: number
  empty_texts: number
  first_event_id: number
  first_seen_at: number
  last_event_id: number
  last_seen_at: number
  example: string
  value_counts: string | null
  is_personal: number
}

/** The catalog's tables, as analysis reads and writes them. */
export class CatalogRows {
  readonly #statements: ReturnType<typeof prepare>

  constructor(database: Database.Database) {
    this.#statements = prepare(database)
  }

  /** The text of a name's trend; null for a name that was never seen. */
  trendOf(name: string): string | null {
    return this.#statements.trend.get(name)?.trend ?? null
  }

  propertiesOf(name: string): PropertyType[] {
    return this.#statements.properties.all(name).map((row) => ({
      path: row.path,
      type: row.type,
      events: row.events,
      shared: row.shared_events,
      emptyTexts: row.empty_texts,
      first: { eventId: row.first_event_id, receivedAt: row.first_seen_at },
      last: { eventId: row.last_event_id, receivedAt: row.last_seen_at },
      example: row.example,
      values: ValueCounts.parse(row.value_counts, row.is_personal === 1),
    }))
  }

  addName(name: string, counts: NameCounts, trend: string, kin: Kin | null): void {
    const { events, problems, worst, suggestion, firstEventId, firstSeenAt, lastSeenAt } = counts
    const hasLookAlikes = kin === null ? 0 : this.#tie(kin)
    this.#statements.addName.run(
      ...[name, events, problems, worst, suggestion, firstEventId, firstSeenAt, lastSeenAt],
      ...[kin?.family ?? null, hasLookAlikes, trend],
    )
  }

  countName(name: string, counts: NameCounts, trend: string): void {
    const { events, problems, worst, suggestion, lastSeenAt } = counts
    this.#statements.countName.run(events, problems, worst, suggestion, lastSeenAt, trend, name)
  }

  countSource(name: string, source: string, events: number): void {
    this.#statements.countSource.run(name, source, events)
  }

  addProperty(name: string, row: PropertyType): void {
    const { path, type, events, shared, emptyTexts, first, last, example, values } = row
    this.#statements.addProperty.run(
      ...[name, path, type, events, shared, first.eventId, first.receivedAt, last.eventId, last.receivedAt],
      ...[example, values.text, values.isPersonal ? 1 : 0, emptyTexts],
    )
  }

  writeProperty(name: string, row: PropertyType): void {
    const { path, type, events, shared, emptyTexts, last, values } = row
    this.#statements.writeProperty.run(
      ...[events, shared, last.eventId, last.receivedAt, values.text, values.isPersonal ? 1 : 0, emptyTexts],
      ...[name, path, type],
    )
  }

  /** Ties a new name to the names that it looks like; 1 where there are any. */
  #tie({ family, near }: Kin): 0 | 1 {
    const isOfAFamily = this.#statements.isFamily.get(family) !== undefined
    if (isOfAFamily) this.#statements.markFamily.run(family)
    for (const other of near.slice(0, nearFamilies)) {
      this.#statements.addNear.run(family, other)
      this.#statements.addNear.run(other, family)
      this.#statements.markFamily.run(other)
    }
    return isOfAFamily || near.length > 0 ? 1 : 0
  }
}

function prepare(database: Database.Database) {
  return {
    trend: database.prepare<[string], { trend: string }>('SELECT trend FROM catalog_name WHERE name = ?'),
    properties: database.prepare<[string], PropertyRow>(
      `SELECT path, type, events, shared_events, first_event_id, first_seen_at, last_event_id, last_seen_at, example,
         value_counts, is_personal, empty_texts FROM catalog_property WHERE name = ?`,
    ),
    addName: database.prepare(
      `INSERT INTO catalog_name (name, events, problems, worst, suggestion, first_event_id, first_seen_at,
         last_seen_at, family, has_look_alikes, trend)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    countName: database.prepare(
      `UPDATE catalog_name SET events = events + ?, problems = problems + ?, worst = max(worst, ?), suggestion = ?,
         last_seen_at = max(last_seen_at, ?), trend = ?
       WHERE name = ?`,
    ),
    countSource: database.prepare(
      `INSERT INTO catalog_source (name, source, events) VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET events = events + excluded.events`,
    ),
    addProperty: database.prepare(
      `INSERT INTO catalog_property (name, path, type, events, shared_events, first_event_id, first_seen_at,
         last_event_id, last_seen_at, example, value_counts, is_personal, empty_texts)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    writeProperty: database.prepare(
      `UPDATE catalog_property SET events = ?, shared_events = ?, last_event_id = ?, last_seen_at = ?,
         value_counts = ?, is_personal = ?, empty_texts = ?
       WHERE name = ? AND path = ? AND type = ?`,
    ),
    isFamily: database.prepare<[string]>('SELECT 1 FROM catalog_name WHERE family = ? LIMIT 1'),
    markFamily: database.prepare(
      'UPDATE catalog_name SET has_look_alikes = 1 WHERE family = ? AND has_look_alikes = 0',
    ),
    addNear: database.prepare(
      'INSERT INTO catalog_near_family (family, other) VALUES (?, ?) ON CONFLICT DO NOTHING',
    ),
  }
}
