import type Database from 'better-sqlite3'
import { TracksideError } from '../../../../shared/contract/errors.ts'
import type { Outcome, Preset } from '../../../../shared/contract/schemas.ts'
import type { CallType, EventDetail } from '../../../../shared/event.ts'
import { decodeCursor, pageOf } from './cursor.ts'
import { isoTime } from './event-rows.ts'

export interface DestinationRow {
  id: number
  name: string
  url: string
  production: number
  auth: 'basic' | 'bearer' | 'header' | 'none'
  write_key: Uint8Array | null
  secret: Uint8Array | null
  header_names: string
  headers: Uint8Array | null
  mode: 'batch' | 'single'
  events_per_second: number
  concurrency: number
  created_at: number
}

/** `planned` is a job whose selection is still being written down: it is shown to nobody and dies with the engine. */
export type StoredState = 'planned' | 'running' | 'paused' | 'done' | 'cancelled' | 'failed'

export interface ReplayRow {
  id: number
  query: string
  preset: Preset
  options: string
  write_key: Uint8Array | null
  destination_id: number
  destination_name: string
  host: string
  state: StoredState
  message: string | null
  seed: string
  total: number
  last_timestamp: number | null
  created_at: number
  ended_at: number | null
}

export interface TallyRow {
  outcome: Outcome['outcome']
  /** 0 where there was no answer. */
  status: number
  events: number
}

/** A job with its counts. */
export interface CountedReplay extends ReplayRow {
  tally: TallyRow[]
}

/** What a preset needs to know of an event. Times are epoch milliseconds. */
export interface CallRow {
  id: number
  type: CallType | null
  name: string | null
  user_id: string | null
  anonymous_id: string | null
  message_id: string | null
  timestamp: number
  sent_at: number | null
  accepted: number
  payload: string | null
  /** JSON of what the batch said about all of its calls. */
  envelope: string | null
}

const callColumns = `event.id, event.request_id, event.type, event.name, event.user_id, event.anonymous_id,
  event.message_id, event.timestamp, event.sent_at, event.accepted, event.payload`

/** A call with the person that analysis has found for it. */
export type PersonalCallRow = CallRow & { person_id: number | null }

/** An event that a job still has to send; without a call when it has left the log meanwhile. */
export interface PendingRow {
  eventId: number
  person: number
  call: CallRow | null
}

type Stored<Row> = Omit<Row, 'envelope'> & { request_id: number }
type StoredPending = { event_id: number; person: number } & (Stored<CallRow> | { id: null })

export interface OutcomesInput {
  id: number
  limit: number
  cursor?: string | undefined
  outcome?: Outcome['outcome'] | undefined
}

interface OutcomeRow {
  event_id: number
  name: string | null
  type: string | null
  outcome: Outcome['outcome']
  status: number | null
  attempts: number
  message: string | null
  at: number | null
}

export class ReplayQueries {
  readonly #database: Database.Database
  readonly #calls: Database.Statement<[string], Stored<PersonalCallRow>>
  readonly #acknowledged: Database.Statement<[string, number], { event_id: number }>
  readonly #pending: Database.Statement<[number, number, number], StoredPending>
  readonly #envelope: Database.Statement<[number], { envelope: string | null }>
  readonly #replay: Database.Statement<[number], ReplayRow>
  readonly #tally: Database.Statement<[number], TallyRow>

  constructor(database: Database.Database) {
    this.#database = database
    this.#calls = database.prepare(
      `SELECT ${callColumns}, analysed_event.person_id FROM json_each(?) AS wanted
       JOIN event ON event.id = wanted.value LEFT JOIN analysed_event ON analysed_event.event_id = event.id`,
    )
    this.#acknowledged = database.prepare(
      `SELECT DISTINCT replay_outcome.event_id FROM json_each(?) AS wanted
       JOIN replay_outcome ON replay_outcome.event_id = wanted.value
       JOIN replay ON replay.id = replay_outcome.replay_id
       WHERE replay_outcome.outcome = 'sent' AND replay.destination_id = ?`,
    )
    // The index holds only what is not sent, and is used only where the statement says the same in so many words.
    this.#pending = database.prepare(
      `SELECT replay_outcome.event_id, replay_outcome.person, ${callColumns} FROM replay_outcome
       LEFT JOIN event ON event.id = replay_outcome.event_id
       WHERE replay_outcome.replay_id = ? AND replay_outcome.outcome = 'pending'
         AND replay_outcome.outcome <> 'sent' AND replay_outcome.event_id > ?
       ORDER BY replay_outcome.event_id LIMIT ?`,
    )
    this.#envelope = database.prepare('SELECT envelope FROM request WHERE id = ?')
    this.#replay = database.prepare('SELECT * FROM replay WHERE id = ?')
    this.#tally = database.prepare('SELECT outcome, status, events FROM replay_tally WHERE replay_id = ?')
  }

  destinations(): DestinationRow[] {
    return this.#database.prepare<[], DestinationRow>('SELECT * FROM destination ORDER BY id').all()
  }

  destination(id: number): DestinationRow {
    const row = this.#database
      .prepare<[number], DestinationRow>('SELECT * FROM destination WHERE id = ?')
      .get(id)
    if (row === undefined) throw new TracksideError('NOT_FOUND', { what: 'destination', id })
    return row
  }

  /** The latest jobs first. */
  replays(): CountedReplay[] {
    return this.#database.transaction(() =>
      this.#database
        .prepare<[], ReplayRow>("SELECT * FROM replay WHERE state <> 'planned' ORDER BY id DESC LIMIT 500")
        .all()
        .map((row) => ({ ...row, tally: this.#tally.all(row.id) })),
    )()
  }

  replay(id: number): CountedReplay {
    return this.#database.transaction(() => {
      const row = this.#replay.get(id)
      if (row === undefined || row.state === 'planned') {
        throw new TracksideError('NOT_FOUND', { what: 'replay', id })
      }
      return { ...row, tally: this.#tally.all(id) }
    })()
  }

  /** In the order of the log; an id that is gone is left out. */
  calls(ids: readonly number[]): PersonalCallRow[] {
    const envelopes = this.#envelopes()
    return this.#calls
      .all(JSON.stringify(ids))
      .sort((a, b) => a.id - b.id)
      .map((row) => ({ ...row, envelope: envelopes(row.request_id) }))
  }

  /** Which of these events a destination has acknowledged before. */
  acknowledged(ids: readonly number[], destinationId: number): Set<number> {
    return new Set(this.#acknowledged.all(JSON.stringify(ids), destinationId).map((row) => row.event_id))
  }

  pending(replayId: number, after: number, limit: number): PendingRow[] {
    const envelopes = this.#envelopes()
    return this.#pending.all(replayId, after, limit).map((row) => ({
      eventId: row.event_id,
      person: row.person,
      call: row.id === null ? null : { ...row, envelope: envelopes(row.request_id) },
    }))
  }

  /** The calls of one request follow each other, so its envelope is read once. */
  #envelopes(): (requestId: number) => string | null {
    let last: { requestId: number; envelope: string | null } | null = null
    return (requestId) => {
      if (last?.requestId !== requestId) {
        last = { requestId, envelope: this.#envelope.get(requestId)?.envelope ?? null }
      }
      return last.envelope
    }
  }

  outcomes({ id, limit, cursor, outcome }: OutcomesInput): {
    outcomes: Outcome[]
    nextCursor: string | null
  } {
    this.replay(id)
    const [after = 0] = cursor ? decodeCursor(cursor, ['number']) : []
    const isWanted =
      outcome === undefined
        ? ''
        : `AND o.outcome = :outcome ${outcome === 'sent' ? '' : "AND o.outcome <> 'sent'"}`
    const rows = this.#database
      .prepare<unknown[], OutcomeRow>(
        `SELECT o.event_id, event.name, event.type, o.outcome, o.status, o.attempts, o.message, o.at
         FROM replay_outcome AS o LEFT JOIN event ON event.id = o.event_id
         WHERE o.replay_id = :id AND o.event_id > :after ${isWanted} ORDER BY o.event_id LIMIT :rows`,
      )
      .all({ id, after, rows: limit + 1, ...(outcome === undefined ? {} : { outcome }) })
    const page = pageOf(rows, limit, (row) => [row.event_id])
    return { outcomes: page.rows.map(outcomeOf), nextCursor: page.nextCursor }
  }
}

function outcomeOf(row: OutcomeRow): Outcome {
  return {
    eventId: row.event_id,
    event: row.type === 'track' ? row.name : null,
    type: row.type,
    outcome: row.outcome,
    status: row.status,
    attempts: row.attempts,
    message: row.message,
    at: row.at === null ? null : isoTime(row.at),
  }
}

interface EventReplayRow {
  replay_id: number
  destination_id: number
  destination_name: string
  preset: string
  outcome: Outcome['outcome']
  status: number | null
  message: string | null
  at: number
}

/** Where an event was replayed to, the latest first. */
export function replaysOfEvents(database: Database.Database): (eventId: number) => EventDetail['replays'] {
  const statement = database.prepare<[number], EventReplayRow>(
    `SELECT o.replay_id, replay.destination_id, replay.destination_name, replay.preset, o.outcome, o.status,
       o.message, coalesce(o.at, replay.created_at) AS at
     FROM replay_outcome AS o JOIN replay ON replay.id = o.replay_id
     WHERE o.event_id = ? AND replay.state <> 'planned' ORDER BY o.replay_id DESC LIMIT 100`,
  )
  return (eventId) =>
    statement.all(eventId).map((row) => ({
      replayId: row.replay_id,
      destinationId: row.destination_id,
      destinationName: row.destination_name,
      preset: row.preset,
      outcome: row.outcome,
      status: row.status,
      message: row.message,
      at: isoTime(row.at),
    }))
}
