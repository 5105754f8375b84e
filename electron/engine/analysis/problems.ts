import type Database from 'better-sqlite3'
import type { Problem, Severity } from '../../../shared/event.ts'
import type { AnalysedCall } from './analysed-call.ts'

/** How bad, as a number that can be compared: what `worst` columns hold. */
export const severityRank: Record<Severity, number> = { info: 1, warning: 2, error: 3 }

export function worstOf(problems: readonly Problem[]): number {
  return problems.reduce((worst, problem) => Math.max(worst, severityRank[problem.severity]), 0)
}

interface Group {
  rule: string
  type: string
  name: string
  severity: Severity
  events: number
  firstEventId: number
  lastEventId: number
  sources: Set<string>
}

/** Keeps the findings of each event, and how often each rule found something at each name. */
export class Problems {
  readonly #statements: ReturnType<typeof prepare>
  readonly #groups = new Map<string, Group>()

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
    for (const { sources, ...group } of this.#groups.values()) {
      this.#statements.group.run(group)
      for (const source of sources)
        this.#statements.groupSource.run(group.rule, group.type, group.name, source)
    }
    this.#groups.clear()
  }

  /** Drops what was not yet written, after a slice was rolled back. */
  forget(): void {
    this.#groups.clear()
  }

  #count(call: AnalysedCall, rule: string, severity: Severity): void {
    const name = call.event ?? call.name ?? ''
    const key = `${rule}\u0000${call.type}\u0000${name}`
    const group = this.#groups.get(key)
    if (group === undefined) {
      this.#groups.set(key, {
        rule,
        type: call.type,
        name,
        severity,
        events: 1,
        firstEventId: call.id,
        lastEventId: call.id,
        sources: new Set([call.source]),
      })
    } else {
      group.events += 1
      group.lastEventId = call.id
      group.sources.add(call.source)
    }
  }
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
      'INSERT INTO problem_group_source (rule, type, name, source) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
    ),
  }
}
