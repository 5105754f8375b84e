import type Database from 'better-sqlite3'
import type { JsonObject } from '../../../shared/event.ts'
import { isJsonObject } from '../../../shared/normalise.ts'
import type { AnalysedCall } from './analysed-call.ts'

interface NameCounts {
  events: number
  problems: number
  worst: number
  suggestion: string | null
  firstSeenAt: number
  lastSeenAt: number
  sources: Map<string, number>
  properties: Map<string, { path: string; type: string; events: number; example: string }>
}

/** How deep and how many: keys made of ids would otherwise fill the catalog with rows that say nothing. */
const depthLimit = 4
const pathsPerEvent = 200
const rowsPerName = 1000
const pathLength = 200
const exampleLength = 200

/** Which names arrive, with which properties of which types. Counts gather in memory and are written once a slice. */
export class Catalog {
  readonly #statements: ReturnType<typeof prepare>
  readonly #counts = new Map<string, NameCounts>()
  readonly #rows = new Map<string, number>()

  constructor(database: Database.Database) {
    this.#statements = prepare(database)
  }

  count(call: AnalysedCall, name: string, problems: number, worst: number, suggestion: string | null): void {
    let counts = this.#counts.get(name)
    if (counts === undefined) {
      const at = call.receivedAt
      counts = {
        events: 0,
        problems: 0,
        worst: 0,
        suggestion: null,
        firstSeenAt: at,
        lastSeenAt: at,
        sources: new Map(),
        properties: new Map(),
      }
      this.#counts.set(name, counts)
    }
    counts.events += 1
    if (problems > 0) counts.problems += 1
    counts.worst = Math.max(counts.worst, worst)
    counts.suggestion = suggestion
    counts.lastSeenAt = call.receivedAt
    counts.sources.set(call.source, (counts.sources.get(call.source) ?? 0) + 1)
    if (call.properties !== null) countProperties(counts.properties, call.properties)
  }

  flush(): void {
    for (const [name, counts] of this.#counts) {
      const { sources, properties, ...own } = counts
      this.#statements.name.run({ name, ...own })
      for (const [source, events] of sources) this.#statements.source.run(name, source, events)
      let rows = this.#rows.get(name) ?? this.#statements.rows.get(name)?.rows ?? 0
      for (const { path, type, events, example } of properties.values()) {
        if (this.#statements.addProperty.run(events, name, path, type).changes > 0) continue
        if (rows >= rowsPerName) continue
        this.#statements.newProperty.run(name, path, type, events, example)
        rows += 1
      }
      if (this.#rows.size > 10_000) this.#rows.clear()
      this.#rows.set(name, rows)
    }
    this.#counts.clear()
  }

  /** After everything derived was thrown away. */
  forget(): void {
    this.#counts.clear()
    this.#rows.clear()
  }
}

function typeOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}

/** Each path counts once an event, however many elements of an array have it. */
function countProperties(into: NameCounts['properties'], properties: JsonObject): void {
  const seen = new Set<string>()
  const visit = (value: unknown, path: string, depth: number): void => {
    if (seen.size >= pathsPerEvent || path.length > pathLength) return
    const type = typeOf(value)
    const key = `${path}\u0000${type}`
    if (path !== '' && !seen.has(key)) {
      seen.add(key)
      const known = into.get(key)
      if (known !== undefined) known.events += 1
      else into.set(key, { path, type, events: 1, example: exampleOf(value) })
    }
    if (depth === depthLimit) return
    if (Array.isArray(value)) {
      for (const element of value.slice(0, 20)) visit(element, `${path}[]`, depth + 1)
    } else if (isJsonObject(value)) {
      for (const [child, childValue] of Object.entries(value)) {
        visit(childValue, path === '' ? child : `${path}.${child}`, depth + 1)
      }
    }
  }
  visit(properties, '', 0)
}

function exampleOf(value: unknown): string {
  if (isJsonObject(value)) return '{…}'
  if (Array.isArray(value)) return `[…] ${value.length}`
  const text =
    typeof value === 'string' ? JSON.stringify(value.slice(0, exampleLength)) : JSON.stringify(value)
  return text.slice(0, exampleLength + 2)
}

function prepare(database: Database.Database) {
  return {
    name: database.prepare(
      `INSERT INTO catalog_name (name, events, problems, worst, suggestion, first_seen_at, last_seen_at)
       VALUES (:name, :events, :problems, :worst, :suggestion, :firstSeenAt, :lastSeenAt)
       ON CONFLICT DO UPDATE SET events = events + :events, problems = problems + :problems,
         worst = max(worst, :worst), suggestion = :suggestion, last_seen_at = max(last_seen_at, :lastSeenAt)`,
    ),
    source: database.prepare(
      `INSERT INTO catalog_source (name, source, events) VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET events = events + excluded.events`,
    ),
    rows: database.prepare<[string], { rows: number }>(
      'SELECT count(*) AS rows FROM catalog_property WHERE name = ?',
    ),
    addProperty: database.prepare(
      'UPDATE catalog_property SET events = events + ? WHERE name = ? AND path = ? AND type = ?',
    ),
    newProperty: database.prepare(
      'INSERT INTO catalog_property (name, path, type, events, example) VALUES (?, ?, ?, ?, ?)',
    ),
  }
}
