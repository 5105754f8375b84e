import type Database from 'better-sqlite3'
import type { ProblemGroup, ProblemPage } from '../../../../shared/contract/schemas.ts'
import type { Problem, Severity } from '../../../../shared/event.ts'
import { decodeCursor, pageOf } from './cursor.ts'
import { isoTime } from './event-rows.ts'
import { wholeLog } from './id-windows.ts'
import { selectionOf } from './where.ts'

interface GroupRow {
  rule: string
  type: string
  name: string
  severity: Severity
  events: number
  first_event_id: number
  last_event_id: number
  rank: number
  key: string
}
type Counts = ProblemPage['counts']
type Absent<Row> = Record<keyof Row, null>

const isGroup = <Row extends GroupRow | Absent<GroupRow>>(row: Row): row is Row & GroupRow =>
  row.rule !== null

const rank = `CASE severity WHEN 'error' THEN 3 WHEN 'warning' THEN 2 ELSE 1 END`
const groupKey = `rule || char(31) || type || char(31) || name`

export class ProblemQueries {
  readonly #database: Database.Database

  constructor(database: Database.Database) {
    this.#database = database
  }

  /** By severity, then by how many events: each rule at each name, of the events that match. */
  list(input: {
    query: string
    severity?: Severity | undefined
    limit: number
    cursor?: string | undefined
    now: number
  }): ProblemPage {
    const [worst, events, key] = input.cursor
      ? decodeCursor(input.cursor, ['number', 'number', 'string'])
      : [9, Infinity, '']
    const groups = this.#groups(input)
    const rows = this.#database
      .prepare<unknown[], Counts & (GroupRow | Absent<GroupRow>)>(
        // The counts make a row even where the page is empty.
        `WITH found AS MATERIALIZED (SELECT *, ${rank} AS rank, ${groupKey} AS key FROM (${groups.sql})),
         page AS (
           SELECT * FROM found
           WHERE (rank < ? OR (rank = ? AND (events < ? OR (events = ? AND key > ?))))
             ${input.severity === undefined ? '' : 'AND severity = ?'}
           ORDER BY rank DESC, events DESC, key LIMIT ?
         )
         SELECT * FROM (
           SELECT count(*) FILTER (WHERE severity = 'error') AS error,
             count(*) FILTER (WHERE severity = 'warning') AS warning,
             count(*) FILTER (WHERE severity = 'info') AS info
           FROM found
         ) LEFT JOIN page ON 1 ORDER BY rank DESC, events DESC, key`,
      )
      .all(
        ...groups.params,
        ...[worst, worst, events, events, key],
        ...(input.severity === undefined ? [] : [input.severity]),
        input.limit + 1,
        wholeLog,
      )
    const { error = 0, warning = 0, info = 0 } = rows[0] ?? {}
    const page = pageOf(rows.filter(isGroup), input.limit, (row) => [row.rank, row.events, row.key])
    return {
      problems: page.rows.map((row) => this.#group(row)),
      nextCursor: page.nextCursor,
      counts: { error, warning, info },
    }
  }

  /** The counts of all events are kept by analysis; a query has to count anew. */
  #groups(input: { query: string; now: number }): { sql: string; params: (string | number)[] } {
    const selection = selectionOf(input.query, input.now)
    if (selection === null) {
      return {
        sql: 'SELECT rule, type, name, severity, events, first_event_id, last_event_id FROM problem_group',
        params: [],
      }
    }
    return {
      sql: `SELECT p.rule, coalesce(a.type, '') AS type, coalesce(a.name, '') AS name, p.severity,
              count(DISTINCT a.event_id) AS events, min(a.event_id) AS first_event_id, max(a.event_id) AS last_event_id
            FROM ${selection.from} JOIN problem AS p ON p.event_id = a.event_id
            WHERE ${selection.where} GROUP BY 1, 2, 3`,
      params: selection.params,
    }
  }

  #group(row: GroupRow): ProblemGroup {
    const sources = this.#database
      .prepare<[string, string, string], { source: string }>(
        'SELECT source FROM problem_group_source WHERE rule = ? AND type = ? AND name = ? ORDER BY source LIMIT 20',
      )
      .all(row.rule, row.type, row.name)
    const example = this.#database
      .prepare<[number, string], Problem>(
        'SELECT rule, severity, path, message, reason, suggestion FROM problem WHERE event_id = ? AND rule = ?',
      )
      .get(row.last_event_id, row.rule)
    return {
      rule: row.rule,
      severity: row.severity,
      name: row.name === '' ? null : row.name,
      type: row.type === '' ? null : row.type,
      events: row.events,
      firstEventId: row.first_event_id,
      firstSeenAt: this.#time(row.first_event_id),
      lastEventId: row.last_event_id,
      lastSeenAt: this.#time(row.last_event_id),
      sources: sources.map(({ source }) => source),
      example: example ?? {
        rule: row.rule,
        severity: row.severity,
        path: '',
        message: '',
        reason: '',
        suggestion: null,
      },
    }
  }

  #time(eventId: number): string {
    const event = this.#database
      .prepare<[number], { received_at: number }>('SELECT received_at FROM event WHERE id = ?')
      .get(eventId)
    return isoTime(event?.received_at ?? 0)
  }
}
