import type Database from 'better-sqlite3'
import { trendBars } from '../../../../shared/contract/catalog.ts'
import type { Severity } from '../../../../shared/event.ts'
import { TrendBars, stretchMs } from '../trend.ts'
import { idWindows } from './id-windows.ts'
import type { InPortions } from './id-windows.ts'
import type { GroupRow, ProblemListInput } from './problems.ts'
import { inWindow, selectionOf } from './where.ts'

/** A group of the events that a query asks for. */
export interface CountedGroup extends GroupRow {
  /** The most frequent first. */
  sources: string[]
  trend: TrendBars
}

/** What one window has of a group from one source within one stretch of time. */
interface CountRow {
  rule: string
  type: string
  name: string
  source: string
  severity: Severity
  stretch: number
  events: number
  first_event_id: number
  last_event_id: number
}

interface Counting extends GroupRow {
  bySource: Map<string, number>
  trend: TrendBars
}

/**
 * Counts the problems of the events that match, in windows of ids, so that nobody waits for a count of a million events.
 * Its trend is shared out over `span` (epoch ms) as that of the tables is.
 */
export function* countByQuery(
  database: Database.Database,
  { query, from, source, bySource, now }: ProblemListInput,
  span: { from: number; to: number },
): InPortions<CountedGroup[]> {
  const selection = selectionOf(query, now) ?? { from: 'analysed_event AS a', where: '1', params: [] }
  const conditions = [
    selection.where,
    ...(from === undefined ? [] : ['a.received_at >= @from']),
    ...(source === undefined ? [] : ["coalesce(a.source, '') = @source"]),
    inWindow('a.event_id'),
  ]
  const count = database.prepare<unknown[], CountRow>(
    `SELECT p.rule, coalesce(a.type, '') AS type, coalesce(a.name, '') AS name, coalesce(a.source, '') AS source,
       p.severity, a.received_at / ${stretchMs} AS stretch, count(DISTINCT a.event_id) AS events,
       min(a.event_id) AS first_event_id, max(a.event_id) AS last_event_id
     FROM ${selection.from} JOIN problem AS p ON p.event_id = a.event_id
     WHERE ${conditions.join(' AND ')} GROUP BY 1, 2, 3, 4, 6`,
  )
  const named = {
    ...(from === undefined ? {} : { from: Date.parse(from) }),
    ...(source === undefined ? {} : { source }),
  }
  const bounds = database
    .prepare<[], { first: number | null; last: number | null }>(
      'SELECT (SELECT min(event_id) FROM analysed_event) AS first, (SELECT max(event_id) FROM analysed_event) AS last',
    )
    .get()
  const groups = new Map<string, Counting>()
  for (const window of idWindows({ above: (bounds?.first ?? 1) - 1, upTo: bounds?.last ?? 0 }, false)) {
    for (const row of count.all(...selection.params, { ...named, ...window })) {
      const { rule, type, name, severity } = row
      const ofSource = bySource ? row.source : ''
      const key = [rule, type, name, ofSource].join('\u0000')
      let group = groups.get(key)
      if (group === undefined) {
        group = {
          ...{ rule, type, name, source: ofSource, severity, events: 0 },
          first_event_id: row.first_event_id,
          last_event_id: row.last_event_id,
          bySource: new Map(),
          trend: new TrendBars(span.from, span.to, trendBars),
        }
        groups.set(key, group)
      }
      group.events += row.events
      group.first_event_id = Math.min(group.first_event_id, row.first_event_id)
      if (row.last_event_id >= group.last_event_id) {
        group.last_event_id = row.last_event_id
        group.severity = severity
      }
      group.bySource.set(row.source, (group.bySource.get(row.source) ?? 0) + row.events)
      group.trend.add({ start: row.stretch, width: 1, events: row.events }, true)
    }
    yield
  }
  return Array.from(groups.values(), ({ bySource: events, ...group }) => ({
    ...group,
    sources: [...events].toSorted(([, one], [, other]) => other - one).map(([name]) => name),
  }))
}
