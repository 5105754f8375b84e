import type Database from 'better-sqlite3'
import { TracksideError } from '../../../../shared/contract/errors.ts'
import type { CatalogDetail, CatalogName, CatalogOrder } from '../../../../shared/contract/schemas.ts'
import type { Problem, Severity } from '../../../../shared/event.ts'
import { decodeCursor, pageOf } from './cursor.ts'
import { isoTime } from './event-rows.ts'
import { likeContains } from './searched-words.ts'

interface NameRow {
  name: string
  events: number
  problems: number
  worst: number
  suggestion: string | null
  first_seen_at: number
  last_seen_at: number
}

const severityOfRank: readonly (Severity | null)[] = [null, 'info', 'warning', 'error']

/** What stands first has most of it; names that have as much follow each other from A to Z. */
const rankOf: Record<CatalogOrder, string> = { events: 'events', lastSeen: 'last_seen_at', name: '0' }

export class CatalogQueries {
  readonly #database: Database.Database

  constructor(database: Database.Database) {
    this.#database = database
  }

  list(input: { search: string; order: CatalogOrder; limit: number; cursor?: string | undefined }) {
    const rank = rankOf[input.order]
    const [highest, name] = input.cursor ? decodeCursor(input.cursor, ['number', 'string']) : [Infinity, '']
    const search = input.search.trim()
    const rows = this.#database
      .prepare<unknown[], NameRow & { rank: number }>(
        `SELECT *, ${rank} AS rank FROM catalog_name
         WHERE (${rank} < :highest OR (${rank} = :highest AND (name COLLATE NOCASE, name) > (:name, :name)))
           ${search === '' ? '' : "AND name LIKE :like ESCAPE '\\'"}
         ORDER BY rank DESC, name COLLATE NOCASE, name LIMIT :rows`,
      )
      .all({ highest, name, like: likeContains(search), rows: input.limit + 1 })
    const page = pageOf(rows, input.limit, (row) => [row.rank, row.name])
    return { names: page.rows.map((row) => this.#name(row)), nextCursor: page.nextCursor }
  }

  /** `judge` says what the rules find in the name alone. */
  get({ name }: { name: string }, judge: (name: string) => Problem[]): CatalogDetail {
    const row = this.#database
      .prepare<[string], NameRow>('SELECT * FROM catalog_name WHERE name = ?')
      .get(name)
    if (row === undefined) throw new TracksideError('NOT_FOUND', { what: 'event name', id: `“${name}”` })
    const properties = new Map<string, CatalogDetail['properties'][number]>()
    for (const { path, type, events, example } of this.#database
      .prepare<[string], { path: string; type: string; events: number; example: string }>(
        'SELECT path, type, events, example FROM catalog_property WHERE name = ? ORDER BY events DESC, path',
      )
      .all(name)) {
      const known = properties.get(path)
      if (known === undefined) properties.set(path, { path, events, types: [{ type, events }], example })
      else {
        known.events += events
        known.types.push({ type, events })
      }
    }
    const examples = this.#database
      .prepare<[string], { event_id: number }>(
        `SELECT event_id FROM analysed_event WHERE name = ? AND type = 'track' ORDER BY event_id DESC LIMIT 5`,
      )
      .all(name)
    return {
      ...this.#name(row),
      properties: [...properties.values()],
      nameProblems: judge(name),
      examples: examples.map(({ event_id }) => event_id),
    }
  }

  #name(row: NameRow): CatalogName {
    const sources = this.#database
      .prepare<[string], { source: string }>(
        'SELECT source FROM catalog_source WHERE name = ? ORDER BY events DESC LIMIT 20',
      )
      .all(row.name)
    return {
      name: row.name,
      events: row.events,
      firstSeenAt: isoTime(row.first_seen_at),
      lastSeenAt: isoTime(row.last_seen_at),
      sources: sources.map(({ source }) => source),
      problems: row.problems,
      worst: severityOfRank[row.worst] ?? null,
      suggestion: row.suggestion,
    }
  }
}
