import type Database from 'better-sqlite3'
import type { PlanCoverage, SeenEvent } from '../../../../shared/contract/plan.ts'
import { readStoredPlan } from '../plan.ts'
import { isoTime } from './event-rows.ts'
import { wholeLog } from './id-windows.ts'
import { selectionOf } from './where.ts'

interface SeenRow {
  name: string
  events: number
  problems: number
  last_seen_at: number
}

/** Which events of the plan have come, among those that match a query. Raises QUERY_SYNTAX. */
export class PlanQueries {
  readonly #database: Database.Database

  constructor(database: Database.Database) {
    this.#database = database
  }

  coverage(input: { query: string; now: number }): PlanCoverage {
    const seen = new Map(this.#seen(input).map((row) => [row.name, row]))
    const planned = (readStoredPlan(this.#database)?.plan.events ?? []).map(({ name }): SeenEvent => {
      const row = seen.get(name)
      seen.delete(name)
      return {
        name,
        events: row?.events ?? 0,
        problems: row?.problems ?? 0,
        lastSeenAt: row === undefined ? null : isoTime(row.last_seen_at),
      }
    })
    return { planned, unplanned: seen.size }
  }

  /** What is known of all events is read from the catalog; a query has to count anew. */
  #seen(input: { query: string; now: number }): SeenRow[] {
    const selection = selectionOf(input.query, input.now)
    if (selection === null) {
      return this.#database
        .prepare<[], SeenRow>(
          `SELECT name, events, last_seen_at, coalesce((SELECT sum(g.events) FROM problem_group AS g
             WHERE g.rule >= 'plan/' AND g.rule < 'plan0' AND g.type = 'track' AND g.name = catalog_name.name), 0) AS problems
           FROM catalog_name`,
        )
        .all()
    }
    return this.#database
      .prepare<unknown[], SeenRow>(
        `SELECT a.name, count(DISTINCT a.event_id) AS events, count(DISTINCT p.event_id || ' ' || p.rule) AS problems,
           max(a.received_at) AS last_seen_at
         FROM ${selection.from}
         LEFT JOIN problem AS p ON p.event_id = a.event_id AND p.rule >= 'plan/' AND p.rule < 'plan0'
         WHERE ${selection.where} AND a.type = 'track' AND a.name <> '' GROUP BY a.name`,
      )
      .all(...selection.params, wholeLog)
  }
}
