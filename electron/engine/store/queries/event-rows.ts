import type Database from 'better-sqlite3'
import type { CallType, JsonObject, Problem, Severity, TracksideEvent } from '../../../../shared/event.ts'
import type { FaultName } from '../../../../shared/fault.ts'
import { isJsonObject, normalise } from '../../../../shared/normalise.ts'

interface EventRow {
  id: number
  request_id: number
  batch_index: number | null
  received_at: number
  type: CallType | null
  name: string | null
  user_id: string | null
  anonymous_id: string | null
  previous_id: string | null
  account_id: string | null
  message_id: string | null
  source: string | null
  timestamp: number
  original_timestamp: number | null
  sent_at: number | null
  library_name: string | null
  library_version: string | null
  accepted: number
  rejection_code: string | null
  rejection_message: string | null
  payload: string | null
  envelope: string | null
  fault: FaultName | null
  analysed_id: number | null
  problems: number | null
  person_id: number | null
  person_user_id: string | null
  person_anonymous_id: string | null
  person_name: string | null
  person_email: string | null
  account_name: string | null
}

interface ProblemRow {
  event_id: number
  rule: string
  severity: Severity
  path: string
  message: string
  reason: string
  suggestion: string | null
}

export interface PersonName {
  user_id: string | null
  anonymous_id: string | null
  name: string | null
  email: string | null
}

/** The id of a user in addresses and answers. */
export function personIdOf({ user_id, anonymous_id }: Pick<PersonName, 'user_id' | 'anonymous_id'>): string {
  return user_id ?? `anonymous:${anonymous_id ?? ''}`
}

/** What to call a user on a screen. */
export function personLabelOf(person: PersonName): string {
  return (
    person.name ?? person.email ?? person.user_id ?? `anonymous ${(person.anonymous_id ?? '').slice(0, 8)}`
  )
}

export function isoTime(ms: number): string {
  return new Date(ms).toISOString()
}

export function isoTimeOrNull(ms: number | null): string | null {
  return ms === null ? null : isoTime(ms)
}

export function parseObject(json: string | null): JsonObject {
  if (json === null) return {}
  const value: unknown = JSON.parse(json)
  return isJsonObject(value) ? value : {}
}

/** Turns ids into events as the contract shows them. */
export class EventRows {
  readonly #rows: Database.Statement<[string], EventRow>
  readonly #problems: Database.Statement<[string], ProblemRow>

  constructor(database: Database.Database) {
    this.#rows = database.prepare(
      `SELECT event.*, request.envelope, request.fault, analysed_event.event_id AS analysed_id, analysed_event.problems,
         person.id AS person_id, person.user_id AS person_user_id, person.anonymous_id AS person_anonymous_id,
         person.name AS person_name, person.email AS person_email, account.name AS account_name
       FROM json_each(?) AS wanted
       JOIN event ON event.id = wanted.value
       JOIN request ON request.id = event.request_id
       LEFT JOIN analysed_event ON analysed_event.event_id = event.id
       LEFT JOIN person ON person.id = analysed_event.person_id
       LEFT JOIN account ON account.id = event.account_id`,
    )
    this.#problems = database.prepare(
      `SELECT problem.* FROM json_each(?) AS wanted JOIN problem ON problem.event_id = wanted.value
       ORDER BY problem.event_id, problem.ordinal`,
    )
  }

  /** In the order of `ids`; an id that is gone is left out. */
  read(ids: readonly number[]): TracksideEvent[] {
    const rows = new Map(this.#rows.all(JSON.stringify(ids)).map((row) => [row.id, row]))
    const withProblems = ids.filter((id) => (rows.get(id)?.problems ?? 0) > 0)
    const problems = new Map<number, Problem[]>()
    if (withProblems.length > 0) {
      for (const { event_id, rule, severity, path, message, reason, suggestion } of this.#problems.all(
        JSON.stringify(withProblems),
      )) {
        const found = problems.get(event_id) ?? []
        found.push({ rule, severity, path, message, reason, suggestion })
        problems.set(event_id, found)
      }
    }
    return ids.flatMap((id) => {
      const row = rows.get(id)
      return row === undefined ? [] : [eventOf(row, problems.get(id) ?? [])]
    })
  }
}

function eventOf(row: EventRow, problems: Problem[]): TracksideEvent {
  const isReadable = row.accepted === 1 && row.payload !== null
  const call = isReadable
    ? normalise(parseObject(row.payload), {
        batch: parseObject(row.envelope),
        receivedAt: row.received_at,
        pathType: row.type ?? undefined,
      })
    : null
  return {
    id: row.id,
    receivedAt: isoTime(row.received_at),
    type: row.type,
    event: row.type === 'track' ? row.name : null,
    name: row.type === 'track' ? null : row.name,
    category: call?.category ?? null,
    userId: row.user_id,
    anonymousId: row.anonymous_id,
    previousId: row.previous_id,
    accountId: row.account_id,
    messageId: row.message_id,
    source: row.source,
    timestamp: isoTime(row.timestamp),
    originalTimestamp: isoTimeOrNull(row.original_timestamp),
    sentAt: isoTimeOrNull(row.sent_at),
    properties: call?.properties ?? null,
    traits: call?.traits ?? null,
    context: call?.context ?? null,
    integrations: call?.integrations ?? null,
    library: { name: row.library_name, version: row.library_version },
    accepted: row.accepted === 1,
    rejection:
      row.rejection_code === null ? null : { code: row.rejection_code, message: row.rejection_message ?? '' },
    requestId: row.request_id,
    fault: row.fault,
    batchIndex: row.batch_index,
    analysed: row.analysed_id !== null,
    person:
      row.person_id === null ? null : { id: personIdOf(personOf(row)), label: personLabelOf(personOf(row)) },
    accountName: row.account_name,
    problems,
  }
}

function personOf(row: EventRow): PersonName {
  return {
    user_id: row.person_user_id,
    anonymous_id: row.person_anonymous_id,
    name: row.person_name,
    email: row.person_email,
  }
}
