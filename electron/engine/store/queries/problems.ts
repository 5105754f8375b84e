import type Database from 'better-sqlite3'
import { trendBars } from '../../../../shared/trend.ts'
import type { ProblemGroup, ProblemPage } from '../../../../shared/contract/problems.ts'
import type { Problem, Severity } from '../../../../shared/event.ts'
import { Trend, TrendBars, stretchMs } from '../trend.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { isoTime } from './event-rows.ts'
import type { InPortions } from './id-windows.ts'
import { countByQuery, sourcesOf } from './problem-counting.ts'

export interface ProblemListInput {
  query: string
  severity?: Severity | undefined
  source?: string | undefined
  from?: string | undefined
  bySource: boolean
  limit: number
  cursor?: string | undefined
  now: number
}

/** Epoch milliseconds. */
interface Span {
  from: number
  to: number
}

/** A group as the tables have it. `source` is empty where the group is of all sources. */
export interface GroupRow {
  rule: string
  type: string
  name: string
  source: string
  severity: Severity
  events: number
  first_event_id: number
  last_event_id: number
}

/** What of the groups is asked for: those behind the cursor. */
type Position = [rank: number, events: number, rule: string, type: string, name: string, source: string]

/** Before all groups: nothing is as bad. */
const beginning: Position = [9, 0, '', '', '', '']
const rankOf: Readonly<Record<Severity, number>> = { error: 3, warning: 2, info: 1 }
const rank = `CASE severity WHEN 'error' THEN 3 WHEN 'warning' THEN 2 ELSE 1 END`
const columns = 'rule, type, name, severity, events, first_event_id, last_event_id'
const shownSources = 20
/** A write key can be anything: of a group with more sources, the trend is that of the most frequent. */
const sourcesInTrend = 100

const positionOf = ({ severity, events, rule, type, name, source }: GroupRow): Position => [
  rankOf[severity],
  events,
  rule,
  type,
  name,
  source,
]

export class ProblemQueries {
  readonly #database: Database.Database
  readonly #statements: ReturnType<typeof prepare>

  constructor(database: Database.Database) {
    this.#database = database
    this.#statements = prepare(database)
  }

  /**
   * By severity, then by how many events: each rule at each name. What analysis has counted is read at once; a query or
   * a time has to count anew, window by window.
   */
  *list(input: ProblemListInput): InPortions<ProblemPage> {
    const span = this.#span(input.from)
    if (input.query.trim() === '' && input.from === undefined) return this.#counted(input, span)
    const found = yield* countByQuery(this.#database, input, span)
    const counts = { error: 0, warning: 0, info: 0 }
    for (const { severity } of found) counts[severity] += 1
    const after = positionIn(input.cursor)
    const listed = found
      .filter((group) => input.severity === undefined || group.severity === input.severity)
      .filter((group) => after === null || comparePlaces(positionOf(group), after) > 0)
      .toSorted(compareGroups)
    return this.#page(listed.slice(0, input.limit + 1), input.limit, counts, span, (group) => ({
      source: input.bySource ? group.source : null,
      sources: sourcesOf(group).slice(0, shownSources),
      trend: group.trend.rounded,
    }))
  }

  #counted(input: ProblemListInput, span: Span): ProblemPage {
    const isOfSources = input.bySource || input.source !== undefined
    const table = isOfSources
      ? `(SELECT ${columns}, source FROM problem_group_source ${input.source === undefined ? '' : 'WHERE source = :source'})`
      : `(SELECT ${columns}, '' AS source FROM problem_group)`
    const [worst, events, rule, type, name, source] = positionIn(input.cursor) ?? beginning
    const ofSource = input.source === undefined ? {} : { source: input.source }
    // The page and its counts are of one moment.
    const [rows, counts] = this.#database.transaction(
      () =>
        [
          this.#database
            .prepare<unknown[], GroupRow>(
              `SELECT ${columns}, source FROM ${table}
               WHERE (${rank} < :worst OR (${rank} = :worst AND (events < :events
                   OR (events = :events AND (rule, type, name, source) > (:afterRule, :afterType, :afterName, :afterSource)))))
                 ${input.severity === undefined ? '' : 'AND severity = :severity'}
               ORDER BY ${rank} DESC, events DESC, rule, type, name, source LIMIT :rows`,
            )
            .all({
              ...{ worst, events, afterRule: rule, afterType: type, afterName: name, afterSource: source },
              ...(input.severity === undefined ? {} : { severity: input.severity }),
              ...ofSource,
              rows: input.limit + 1,
            }),
          this.#database
            .prepare<unknown[], ProblemPage['counts']>(
              `SELECT count(*) FILTER (WHERE severity = 'error') AS error,
                 count(*) FILTER (WHERE severity = 'warning') AS warning,
                 count(*) FILTER (WHERE severity = 'info') AS info
               FROM ${table}`,
            )
            .get(ofSource) ?? { error: 0, warning: 0, info: 0 },
        ] as const,
    )()
    return this.#page(rows, input.limit, counts, span, (row) => ({
      source: input.bySource ? row.source : null,
      ...this.#past(row, isOfSources ? row.source : null, span),
    }))
  }

  /** From which sources, and when. */
  #past(row: GroupRow, source: string | null, span: Span): Pick<ProblemGroup, 'sources' | 'trend'> {
    const { rule, type, name } = row
    const bars = new TrendBars(span.from, span.to, trendBars)
    const rows =
      source === null
        ? this.#statements.sources.all(rule, type, name)
        : this.#statements.ofSource.all(rule, type, name, source)
    for (const { trend } of rows) Trend.parse(trend).shareOut(bars)
    return { sources: rows.slice(0, shownSources).map((one) => one.source), trend: bars.rounded }
  }

  #page<Row extends GroupRow>(
    rows: readonly Row[],
    limit: number,
    counts: ProblemPage['counts'],
    span: Span,
    pastOf: (row: Row) => Pick<ProblemGroup, 'source' | 'sources' | 'trend'>,
  ): ProblemPage {
    const page = rows.slice(0, limit)
    const last = page.at(-1)
    return {
      problems: page.map((row) => this.#group(row, pastOf(row))),
      nextCursor: rows.length > limit && last !== undefined ? encodeCursor(positionOf(last)) : null,
      counts,
      span: { from: isoTime(span.from), to: isoTime(span.to) },
    }
  }

  #group(row: GroupRow, past: Pick<ProblemGroup, 'source' | 'sources' | 'trend'>): ProblemGroup {
    const { rule, severity } = row
    const example = this.#statements.example.get(row.last_event_id, rule)
    return {
      rule,
      severity,
      name: row.name === '' ? null : row.name,
      type: row.type === '' ? null : row.type,
      events: row.events,
      firstEventId: row.first_event_id,
      firstSeenAt: this.#time(row.first_event_id),
      lastEventId: row.last_event_id,
      lastSeenAt: this.#time(row.last_event_id),
      ...past,
      example: example ?? { rule, severity, path: '', message: '', reason: '', suggestion: null },
    }
  }

  /** The same for all groups, so that their trends can be compared; as long as bars of the narrowest stretch at least. */
  #span(from: string | undefined): Span {
    const seen = this.#statements.seen.get()
    const to = seen?.last ?? 0
    const first = from === undefined ? (seen?.first ?? to) : Date.parse(from)
    return { from: Math.min(first, to - trendBars * stretchMs), to }
  }

  #time(eventId: number): string {
    return isoTime(this.#statements.time.get(eventId)?.received_at ?? 0)
  }
}

/** Null for the first page. Raises CURSOR_INVALID. */
function positionIn(cursor: string | undefined): Position | null {
  if (cursor === undefined || cursor === '') return null
  return decodeCursor(cursor, ['number', 'number', 'string', 'string', 'string', 'string']) as Position
}

/** The worst first, then the most frequent, then from A to Z. */
function compareGroups(one: GroupRow, other: GroupRow): number {
  // Field by field: there may be a hundred thousand of them, and a position for each comparison would be garbage.
  return (
    rankOf[other.severity] - rankOf[one.severity] ||
    other.events - one.events ||
    compareTexts(one.rule, other.rule) ||
    compareTexts(one.type, other.type) ||
    compareTexts(one.name, other.name) ||
    compareTexts(one.source, other.source)
  )
}

function compareTexts(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1
}

function comparePlaces(one: Position, other: Position): number {
  if (one[0] !== other[0]) return other[0] - one[0]
  if (one[1] !== other[1]) return other[1] - one[1]
  const index = one.findIndex((part, at) => part !== other[at])
  return index < 0 ? 0 : compareTexts(String(one[index]), String(other[index]))
}

function prepare(database: Database.Database) {
  return {
    // Each is looked up at its end of the index; both in one go would read all of it.
    seen: database.prepare<[], { first: number | null; last: number | null }>(
      `SELECT (SELECT min(received_at) FROM analysed_event) AS first,
         (SELECT max(received_at) FROM analysed_event) AS last`,
    ),
    sources: database.prepare<[string, string, string], { source: string; trend: string }>(
      `SELECT source, trend FROM problem_group_source WHERE rule = ? AND type = ? AND name = ?
       ORDER BY events DESC, source LIMIT ${sourcesInTrend}`,
    ),
    ofSource: database.prepare<[string, string, string, string], { source: string; trend: string }>(
      'SELECT source, trend FROM problem_group_source WHERE rule = ? AND type = ? AND name = ? AND source = ?',
    ),
    example: database.prepare<[number, string], Problem>(
      `SELECT rule, severity, path, message, reason, suggestion FROM problem
       WHERE event_id = ? AND rule = ? ORDER BY ordinal LIMIT 1`,
    ),
    time: database.prepare<[number], { received_at: number }>('SELECT received_at FROM event WHERE id = ?'),
  }
}
