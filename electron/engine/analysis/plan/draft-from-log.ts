import type Database from 'better-sqlite3'
import type { CallType } from '../../../../shared/event.ts'
import { segmentCall } from '../../../../shared/journy.ts'
import { isJsonObject, normalise } from '../../../../shared/normalise.ts'
import { PlanDraft } from '../../../../shared/plan/draft.ts'
import type { Plan } from '../../../../shared/plan/plan.ts'
import { wholeLog } from '../../store/queries/id-windows.ts'
import { selectionOf } from '../../store/queries/where.ts'

/** Events that are looked at: the latest of each name, and of all of them. */
const eventsPerName = 1_000
const eventsInAll = 50_000

export interface DraftFromLog {
  plan: Plan
  /** How many events it was drawn up from. */
  events: number
  /** Names that no plan should have. */
  leftOut: string[]
}

interface Row {
  name: string
  type: CallType
  payload: string
}

/**
 * Draws up a plan from the events that match the query. `isUsable` tells whether a name is worth planning. Raises
 * QUERY_SYNTAX.
 */
export function draftFromLog(
  database: Database.Database,
  input: { query: string; now: number },
  isUsable: (name: string) => boolean,
): DraftFromLog {
  const selection = selectionOf(input.query, input.now) ?? {
    from: 'analysed_event AS a',
    where: '1',
    params: [],
  }
  const rows = database.prepare<unknown[], Row>(
    `SELECT latest.name, event.type, event.payload FROM (
       SELECT a.event_id, a.name, row_number() OVER (PARTITION BY a.name ORDER BY a.event_id DESC) AS place
       FROM ${selection.from} WHERE ${selection.where} AND a.type = 'track' AND a.accepted = 1 AND a.name <> ''
     ) AS latest JOIN event ON event.id = latest.event_id
     WHERE latest.place <= ? AND event.payload IS NOT NULL ORDER BY latest.place LIMIT ?`,
  )
  const draft = new PlanDraft()
  const usable = new Map<string, boolean>()
  let events = 0
  for (const { name, type, payload } of rows.iterate(
    ...selection.params,
    eventsPerName,
    eventsInAll,
    wholeLog,
  )) {
    let isTaken = usable.get(name)
    if (isTaken === undefined) {
      isTaken = isUsable(name)
      usable.set(name, isTaken)
    }
    const call: unknown = JSON.parse(payload)
    if (!isTaken || !isJsonObject(call)) continue
    const { properties } = normalise(segmentCall(call, type), { batch: {}, receivedAt: 0, pathType: type })
    draft.add(name, properties)
    events += 1
  }
  const leftOut = [...usable].flatMap(([name, isTaken]) => (isTaken ? [] : [name]))
  return { plan: draft.plan('Tracking plan'), events, leftOut }
}
