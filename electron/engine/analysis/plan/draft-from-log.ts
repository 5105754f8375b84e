import type Database from 'better-sqlite3'
import type { CallType, Problem } from '../../../../shared/event.ts'
import { segmentCall } from '../../../../shared/journy.ts'
import { isJsonObject, normalise } from '../../../../shared/normalise.ts'
import { PlanDraft } from '../../../../shared/plan/draft.ts'
import type { Plan } from '../../../../shared/plan/plan.ts'
import { wholeLog } from '../../store/queries/id-windows.ts'
import { selectionOf } from '../../store/queries/where.ts'
import type { Selection } from '../../store/queries/where.ts'
import { choiceOfNames } from './name-choice.ts'
import type { CapturedName, NameChoice } from './name-choice.ts'

/** Names that are looked at: those with the most events. */
const nameLimit = 20_000
/** Events that are looked at: the latest of each name, and of all of them. */
const eventsPerName = 1_000
const eventsInAll = 50_000

export interface DraftFromLog extends Omit<NameChoice, 'taken'> {
  plan: Plan
  /** How many events it was drawn up from. */
  events: number
}

interface DraftInput {
  query: string
  /** Epoch milliseconds. */
  now: number
  /** Names that are planned, and stay so. */
  planned: readonly string[]
}

interface Row {
  name: string
  type: CallType
  payload: string
}

/**
 * Draws up a plan from the events that match the query. `judge` says what the rules find in a name alone. Raises
 * QUERY_SYNTAX.
 */
export function draftFromLog(
  database: Database.Database,
  { query, now, planned }: DraftInput,
  judge: (name: string) => Problem[],
): DraftFromLog {
  const asked = selectionOf(query, now)
  const selection = tracksIn(asked ?? { from: 'analysed_event AS a', where: '1', params: [] })
  const names = asked === null ? allNames(database) : namesIn(database, selection)
  const { taken, ...without } = choiceOfNames(names, planned, judge)
  const rows = database.prepare<unknown[], Row>(
    `SELECT latest.name, event.type, event.payload FROM (
       SELECT a.event_id, a.name, row_number() OVER (PARTITION BY a.name ORDER BY a.event_id DESC) AS place
       FROM ${selection.from} WHERE ${selection.where} AND a.name IN (SELECT value FROM json_each(?))
     ) AS latest JOIN event ON event.id = latest.event_id
     WHERE latest.place <= ? AND event.payload IS NOT NULL ORDER BY latest.place LIMIT ?`,
  )
  const limits = [JSON.stringify(taken), eventsPerName, eventsInAll]
  const draft = new PlanDraft()
  let events = 0
  for (const { name, type, payload } of rows.iterate(...selection.params, ...limits, wholeLog)) {
    const call: unknown = JSON.parse(payload)
    if (!isJsonObject(call)) continue
    const { properties } = normalise(segmentCall(call, type), { batch: {}, receivedAt: 0, pathType: type })
    draft.add(name, properties)
    events += 1
  }
  return { plan: draft.plan('Tracking plan'), events, ...without }
}

function tracksIn({ from, where, params }: Selection): Selection {
  return { from, where: `${where} AND a.type = 'track' AND a.accepted = 1 AND a.name <> ''`, params }
}

/** The names of all events, which the catalog has counted, in the order in which they first came. */
function allNames(database: Database.Database): CapturedName[] {
  return database
    .prepare<[number], CapturedName>(
      `SELECT name, events FROM (
         SELECT name, events, first_seen_at FROM catalog_name ORDER BY events DESC LIMIT ?
       ) ORDER BY first_seen_at`,
    )
    .all(nameLimit)
}

/** The names of the events that are selected, in the order in which they first came. */
function namesIn(database: Database.Database, { from, where, params }: Selection): CapturedName[] {
  return database
    .prepare<unknown[], CapturedName>(
      `SELECT name, events FROM (
         SELECT a.name, count(*) AS events, min(a.event_id) AS first FROM ${from} WHERE ${where}
         GROUP BY a.name ORDER BY events DESC LIMIT ?
       ) ORDER BY first`,
    )
    .all(...params, nameLimit, wholeLog)
}
