import type Database from 'better-sqlite3'
import { trendBars } from '../../../../shared/trend.ts'
import type {
  CatalogDetail,
  CatalogName,
  CatalogOrder,
  CatalogPage,
  TrendSpan,
} from '../../../../shared/contract/catalog.ts'
import { TracksideError } from '../../../../shared/contract/errors.ts'
import type { Problem, Severity } from '../../../../shared/event.ts'
import { listedEvents } from '../event-lists.ts'
import { Trend, stretchMs } from '../trend.ts'
import { CatalogPropertyQueries } from './catalog-properties.ts'
import { decodeCursor, pageOf } from './cursor.ts'
import { isoTime } from './event-rows.ts'
import { wholeLog } from './id-windows.ts'
import type { IdWindow } from './id-windows.ts'
import type { LookAlikeQueries } from './look-alikes.ts'
import { likeContains } from './searched-words.ts'

interface NameRow {
  name: string
  events: number
  problems: number
  worst: number
  suggestion: string | null
  first_seen_at: number
  last_seen_at: number
  has_look_alikes: number
  trend: string
}

export interface CatalogListInput {
  search: string
  order: CatalogOrder
  source?: string | undefined
  withProblems: boolean
  withLookAlikes: boolean
  trend: TrendSpan
  limit: number
  cursor?: string | undefined
}

/** Epoch milliseconds. */
interface Span {
  from: number
  to: number
}

const severityOfRank: readonly (Severity | null)[] = [null, 'info', 'warning', 'error']

/** What stands first has most of it; names that have as much follow each other from A to Z. */
const rankOf: Record<CatalogOrder, string> = { events: 'events', lastSeen: 'last_seen_at', name: '0' }

const spanMs: Record<Exclude<TrendSpan, 'all'>, number> = { hour: 3_600_000, day: 86_400_000 }

export class CatalogQueries {
  readonly #database: Database.Database
  readonly #lookAlikes: LookAlikeQueries
  readonly #properties: CatalogPropertyQueries

  constructor(database: Database.Database, lookAlikes: LookAlikeQueries) {
    this.#database = database
    this.#lookAlikes = lookAlikes
    this.#properties = new CatalogPropertyQueries(database)
  }

  list(input: CatalogListInput): CatalogPage {
    const rank = rankOf[input.order]
    const [highest, name] = input.cursor ? decodeCursor(input.cursor, ['number', 'string']) : [Infinity, '']
    const search = input.search.trim()
    const conditions = [
      ...(search === '' ? [] : ["name LIKE :like ESCAPE '\\'"]),
      ...(input.source === undefined
        ? []
        : ['name IN (SELECT name FROM catalog_source WHERE source = :source)']),
      ...(input.withProblems ? ['problems > 0'] : []),
      ...(input.withLookAlikes ? ['has_look_alikes = 1'] : []),
    ]
    const params = { like: likeContains(search), source: input.source ?? '' }
    const matching = ['1', ...conditions].join(' AND ')
    const rows = this.#database
      .prepare<unknown[], NameRow & { rank: number }>(
        `SELECT name, events, problems, worst, suggestion, first_seen_at, last_seen_at, has_look_alikes, trend,
           ${rank} AS rank
         FROM catalog_name
         WHERE (${rank} < :highest OR (${rank} = :highest AND (name COLLATE NOCASE, name) > (:name, :name)))
           AND ${matching}
         ORDER BY rank DESC, name COLLATE NOCASE, name LIMIT :rows`,
      )
      .all({ ...params, highest, name, rows: input.limit + 1 })
    const page = pageOf(rows, input.limit, (row) => [row.rank, row.name])
    const counted = this.#database
      .prepare<unknown[], { total: number }>(`SELECT count(*) AS total FROM catalog_name WHERE ${matching}`)
      .get(params)
    const span = this.#span(input.trend)
    return {
      names: page.rows.map((row) => this.#name(row, span)),
      nextCursor: page.nextCursor,
      total: counted?.total ?? 0,
      span: shownSpan(span),
    }
  }

  /** `judge` says what the rules find in the name. Raises NOT_FOUND. */
  get(
    { name, trend }: { name: string; trend: TrendSpan },
    judge: (name: string) => Problem[],
  ): CatalogDetail {
    const row = this.#database
      .prepare<[string], NameRow>('SELECT * FROM catalog_name WHERE name = ?')
      .get(name)
    if (row === undefined) throw new TracksideError('NOT_FOUND', { what: 'event name', id: `“${name}”` })
    const examples = this.#database
      .prepare<[string, IdWindow], { event_id: number }>(
        `${listedEvents('name', 'SELECT ?')} ORDER BY event_id DESC LIMIT 5`,
      )
      .all(name, wholeLog)
    const span = this.#span(trend)
    return {
      ...this.#name(row, span),
      span: shownSpan(span),
      bySource: this.#sources(name),
      lookAlikeNames: row.has_look_alikes === 1 ? this.#lookAlikes.of(name).others : [],
      properties: this.#properties.of(name),
      nameProblems: judge(name),
      examples: examples.map(({ event_id }) => event_id),
    }
  }

  #name(row: NameRow, { from, to }: Span): CatalogName {
    const alike = row.has_look_alikes === 1 ? this.#lookAlikes.of(row.name) : null
    return {
      name: row.name,
      events: row.events,
      firstSeenAt: isoTime(row.first_seen_at),
      lastSeenAt: isoTime(row.last_seen_at),
      sources: this.#sources(row.name).map(({ source }) => source),
      problems: row.problems,
      worst: severityOfRank[row.worst] ?? null,
      suggestion: row.suggestion,
      lookAlikes: alike?.others.length ?? 0,
      survivor: alike?.survivor ?? null,
      trend: Trend.parse(row.trend).bars(from, to, trendBars),
    }
  }

  #sources(name: string): { source: string; events: number }[] {
    return this.#database
      .prepare<[string], { source: string; events: number }>(
        'SELECT source, events FROM catalog_source WHERE name = ? ORDER BY events DESC LIMIT 20',
      )
      .all(name)
  }

  /** Up to the latest event, and the same for all names, so that their trends can be compared. */
  #span(trend: TrendSpan): Span {
    const seen = this.#database
      .prepare<[], { first: number | null; last: number | null }>(
        `SELECT (SELECT min(first_seen_at) FROM catalog_name) AS first,
           (SELECT max(received_at) FROM analysed_event) AS last`,
      )
      .get()
    const to = seen?.last ?? 0
    const shortest = trendBars * stretchMs
    return { from: trend === 'all' ? Math.min(seen?.first ?? to, to - shortest) : to - spanMs[trend], to }
  }
}

const shownSpan = ({ from, to }: Span): CatalogPage['span'] => ({ from: isoTime(from), to: isoTime(to) })
