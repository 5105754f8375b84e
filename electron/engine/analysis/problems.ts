import type Database from 'better-sqlite3'
import type { Problem, Severity } from '../../../shared/event.ts'
import { Trend } from '../store/trend.ts'
import type { AnalysedCall } from './analysed-call.ts'

/** How bad, as a number that can be compared: what `worst` columns hold. */
export const severityRank: Record<Severity, number> = { info: 1, warning: 2, error: 3 }

export function worstOf(problems: readonly Problem[]): number {
  return problems.reduce((worst, problem) => Math.max(worst, severityRank[problem.severity]), 0)
}

/** Trends that are remembered from one slice to the next; each takes some kilobytes at most. */
const rememberedTrends = 1000

/** What one rule has found at one name, or what of it one source has sent, within a slice. */
interface Found {
  rule: string
  type: string
  name: string
  severity: Severity
  events: number
  firstEventId: number
  lastEventId: number
}
interface FoundInSource extends Found {
  source: string
  trend: Trend
}
interface Group extends Found {
  bySource: Map<string, FoundInSource>
}

/**
 * Keeps the findings of each event, and how often each rule found something at each name. Counts gather in memory and
 * are written once a slice: a row for each group, and a row with its trend for each source of the group.
 */
export class Problems {
  readonly #statements: ReturnType<typeof prepare>
  readonly #groups = new Map<string, Group>()
  readonly #trends = new Map<string, Trend>()

  constructor(database: Database.Database) {
    this.#statements = prepare(database)
  }

  add(call: AnalysedCall, problems: readonly Problem[]): void {
    const rulesOfEvent = new Set<string>()
    problems.forEach((problem, ordinal) => {
      const { rule, severity, path, message, reason, suggestion } = problem
      this.#statements.add.run(call.id, ordinal, rule, severity, path, message, reason, suggestion)
      if (rulesOfEvent.has(rule)) return
      rulesOfEvent.add(rule)
      this.#count(call, rule, severity)
    })
  }

  flush(): void {
    for (const { bySource, ...group } of this.#groups.values()) {
      this.#statements.group.run(group)
      for (const { trend, ...found } of bySource.values())
        this.#statements.groupSource.run({ ...found, trend: trend.text })
    }
    this.#groups.clear()
    // Those that were remembered first make room; what comes often is soon read again.
    for (const key of this.#trends.keys()) {
      if (this.#trends.size <= rememberedTrends) break
      this.#trends.delete(key)
    }
  }

  /** Drops what was not yet written, after a slice was rolled back. */
  forget(): void {
    this.#groups.clear()
    this.#trends.clear()
  }

  #count(call: AnalysedCall, rule: string, severity: Severity): void {
    const { type, source } = call
    const name = call.event ?? call.name ?? ''
    const key = `${rule}\u0000${type}\u0000${name}`
    let group = this.#groups.get(key)
    if (group === undefined) {
      group = { ...nothing(call, rule, name, severity), bySource: new Map() }
      this.#groups.set(key, group)
    }
    let found = group.bySource.get(source)
    if (found === undefined) {
      const trend = this.#trendOf(`${key}\u0000${source}`, [rule, type, name, source])
      found = { ...nothing(call, rule, name, severity), source, trend }
      group.bySource.set(source, found)
    }
    countOn(group, call.id, severity)
    countOn(found, call.id, severity)
    found.trend.add(call.receivedAt)
  }

  #trendOf(key: string, group: [rule: string, type: string, name: string, source: string]): Trend {
    let trend = this.#trends.get(key)
    if (trend === undefined) {
      trend = Trend.parse(this.#statements.trend.get(...group)?.trend ?? '[]')
      this.#trends.set(key, trend)
    }
    return trend
  }
}

function nothing({ id, type }: AnalysedCall, rule: string, name: string, severity: Severity): Found {
  return { rule, type, name, severity, events: 0, firstEventId: id, lastEventId: id }
}

function countOn(found: Found, eventId: number, severity: Severity): void {
  found.events += 1
  found.lastEventId = eventId
  found.severity = severity
}

function prepare(database: Database.Database) {
  return {
    add: database.prepare(
      `INSERT INTO problem (event_id, ordinal, rule, severity, path, message, reason, suggestion)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    group: database.prepare(
      `INSERT INTO problem_group (rule, type, name, severity, events, first_event_id, last_event_id)
       VALUES (:rule, :type, :name, :severity, :events, :firstEventId, :lastEventId)
       ON CONFLICT DO UPDATE SET events = events + :events, last_event_id = :lastEventId, severity = :severity`,
    ),
    groupSource: database.prepare(
      `INSERT INTO problem_group_source (rule, type, name, source, severity, events, first_event_id, last_event_id, trend)
       VALUES (:rule, :type, :name, :source, :severity, :events, :firstEventId, :lastEventId, :trend)
       ON CONFLICT DO UPDATE SET events = events + :events, last_event_id = :lastEventId, severity = :severity,
         trend = :trend`,
    ),
    trend: database.prepare<[string, string, string, string], { trend: string }>(
      'SELECT trend FROM problem_group_source WHERE rule = ? AND type = ? AND name = ? AND source = ?',
    ),
  }
}
