import type Database from 'better-sqlite3'
import { trendBars } from '../../../../shared/trend.ts'
import type { Severity } from '../../../../shared/event.ts'
import { TrendBars, stretchMs } from '../trend.ts'
import { idWindows } from './id-windows.ts'
import type { InPortions } from './id-windows.ts'
import type { GroupRow, ProblemListInput } from './problems.ts'
import { inWindow, selectionOf } from './where.ts'

/** One problem of one event. */
type ProblemRow = [
  rule: string,
  type: string,
  name: string,
  source: string,
  severity: Severity,
  receivedAt: number,
  eventId: number,
]

/** A group of the events that a query asks for. */
export interface CountedGroup extends GroupRow {
  /** Events of each source. */
  bySource: Map<string, number>
  trend: TrendBars
  /** An event with several problems of one rule counts once. */
  countedLast: number
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
  // One row a problem: to group them, SQLite would sort each window by its texts. Those of an event stand together.
  const problems = database
    .prepare<unknown[], ProblemRow>(
      `SELECT p.rule, coalesce(a.type, ''), coalesce(a.name, ''), coalesce(a.source, ''), p.severity, a.received_at,
         a.event_id
       FROM ${selection.from} CROSS JOIN problem AS p ON p.event_id = a.event_id
       WHERE ${conditions.join(' AND ')}`,
    )
    .raw()
  const named = {
    ...(from === undefined ? {} : { from: Date.parse(from) }),
    ...(source === undefined ? {} : { source }),
  }
  const bounds = database
    .prepare<[], { first: number | null; last: number | null }>(
      'SELECT (SELECT min(event_id) FROM analysed_event) AS first, (SELECT max(event_id) FROM analysed_event) AS last',
    )
    .get()
  const groups = new Map<string, CountedGroup>()
  for (const window of idWindows({ above: (bounds?.first ?? 1) - 1, upTo: bounds?.last ?? 0 }, false)) {
    for (const row of problems.all(...selection.params, { ...named, ...window })) {
      const [rule, type, name, rowSource, severity, receivedAt, eventId] = row
      const ofSource = bySource ? rowSource : ''
      const key = `${rule}\u0000${type}\u0000${name}\u0000${ofSource}`
      let group = groups.get(key)
      if (group === undefined) {
        group = {
          ...{ rule, type, name, source: ofSource, severity, events: 0 },
          first_event_id: eventId,
          last_event_id: eventId,
          bySource: new Map(),
          countedLast: 0,
          trend: new TrendBars(span.from, span.to, trendBars),
        }
        groups.set(key, group)
      } else if (group.countedLast === eventId) {
        continue
      }
      group.countedLast = eventId
      group.events += 1
      group.first_event_id = Math.min(group.first_event_id, eventId)
      if (eventId >= group.last_event_id) {
        group.last_event_id = eventId
        group.severity = severity
      }
      group.bySource.set(rowSource, (group.bySource.get(rowSource) ?? 0) + 1)
      group.trend.add({ start: Math.floor(receivedAt / stretchMs), width: 1, events: 1 }, true)
    }
    yield
  }
  return [...groups.values()]
}

/** The most frequent first. */
export function sourcesOf({ bySource }: CountedGroup): string[] {
  return [...bySource].toSorted(([, one], [, other]) => other - one).map(([source]) => source)
}
