import type Database from 'better-sqlite3'
import { TracksideError } from '../../../shared/contract/errors.ts'
import type { DestinationRow, ReplayRow, StoredState } from './queries/replays.ts'

export type NewDestination = Omit<DestinationRow, 'id'>
export type NewReplay = Pick<
  ReplayRow,
  | 'query'
  | 'preset'
  | 'options'
  | 'write_key'
  | 'destination_id'
  | 'destination_name'
  | 'host'
  | 'seed'
  | 'created_at'
>

/** One event of a job as the plan has judged it; with a reason it is left out. */
export interface PlannedOutcome {
  eventId: number
  person: number
  reason: string | null
}

/** Events that came to the same end. */
export interface Settlement {
  eventIds: number[]
  outcome: 'sent' | 'failed' | 'skipped'
  status: number | null
  attempts: number
  message: string | null
}

const destinationColumns = [
  'name',
  'url',
  'production',
  'auth',
  'write_key',
  'secret',
  'header_names',
  'headers',
  'mode',
  'events_per_second',
  'concurrency',
  'created_at',
] as const satisfies (keyof NewDestination)[]

const endStates: readonly StoredState[] = ['done', 'cancelled', 'failed']

/** What the writer's thread does for replays. */
export interface ReplayWriteMethods {
  createDestination(destination: NewDestination): number
  updateDestination(input: { id: number; change: Partial<NewDestination> }): void
  removeDestination(input: { id: number }): void
  planReplay(replay: NewReplay): number
  addOutcomes(input: { replayId: number; outcomes: PlannedOutcome[]; at: number }): void
  startReplay(input: { replayId: number; lastTimestamp: number | null }): void
  dropPlanned(input: { replayId: number | null }): void
  settle(input: { replayId: number; settlements: Settlement[]; at: number }): void
  moveReplay(input: {
    replayId: number
    from: StoredState[]
    to: StoredState
    message: string | null
    at: number
  }): boolean
}

/** What replays remember. Every function is one transaction. */
export function replayWrites(database: Database.Database): ReplayWriteMethods {
  const insertOutcome = database.prepare(
    `INSERT INTO replay_outcome (replay_id, event_id, person, outcome, attempts, message, at)
       VALUES (?, ?, ?, ?, 0, ?, ?)`,
  )
  // Only what is pending can come to an end: an acknowledgement is never taken back.
  const settle = database.prepare(
    `UPDATE replay_outcome SET outcome = ?, status = ?, attempts = ?, message = ?, at = ?
       WHERE replay_id = ? AND event_id IN (SELECT value FROM json_each(?)) AND outcome = 'pending'`,
  )
  const count = database.prepare(
    `INSERT INTO replay_tally (replay_id, outcome, status, events) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET events = events + excluded.events`,
  )

  return {
    createDestination(destination) {
      const { lastInsertRowid } = database
        .prepare(
          `INSERT INTO destination (${destinationColumns.join(', ')})
         VALUES (${destinationColumns.map((column) => `:${column}`).join(', ')})`,
        )
        .run(destination)
      return Number(lastInsertRowid)
    },

    updateDestination({ id, change }) {
      const columns = destinationColumns.filter((column) => column in change)
      if (columns.length === 0) return
      database
        .prepare(
          `UPDATE destination SET ${columns.map((column) => `${column} = :${column}`).join(', ')} WHERE id = :id`,
        )
        .run({ ...change, id })
    },

    /** Raises DESTINATION_IN_USE while a job to it may still go on. */
    removeDestination({ id }) {
      database
        .transaction(() => {
          const busy = database
            .prepare<[number], { name: string }>(
              `SELECT destination.name FROM destination JOIN replay ON replay.destination_id = destination.id
             WHERE destination.id = ? AND replay.state IN ('planned', 'running', 'paused') LIMIT 1`,
            )
            .get(id)
          if (busy !== undefined) throw new TracksideError('DESTINATION_IN_USE', { name: busy.name })
          const { changes } = database.prepare('DELETE FROM destination WHERE id = ?').run(id)
          if (changes === 0) throw new TracksideError('NOT_FOUND', { what: 'destination', id })
        })
        .immediate()
    },

    /** A job that nobody sees yet: its selection follows, then `startReplay`. */
    planReplay(replay) {
      const { lastInsertRowid } = database
        .prepare(
          `INSERT INTO replay (query, preset, options, write_key, destination_id, destination_name, host, state, seed,
           total, created_at)
         VALUES (:query, :preset, :options, :write_key, :destination_id, :destination_name, :host, 'planned', :seed,
           0, :created_at)`,
        )
        .run(replay)
      return Number(lastInsertRowid)
    },

    addOutcomes({ replayId, outcomes, at }) {
      database
        .transaction(() => {
          let skipped = 0
          for (const { eventId, person, reason } of outcomes) {
            if (reason === null) {
              insertOutcome.run(replayId, eventId, person, 'pending', null, null)
            } else {
              insertOutcome.run(replayId, eventId, person, 'skipped', reason, at)
              skipped += 1
            }
          }
          if (skipped > 0) count.run(replayId, 'skipped', 0, skipped)
          database.prepare('UPDATE replay SET total = total + ? WHERE id = ?').run(outcomes.length, replayId)
        })
        .immediate()
    },

    startReplay({ replayId, lastTimestamp }) {
      database
        .prepare("UPDATE replay SET state = 'running', last_timestamp = ? WHERE id = ? AND state = 'planned'")
        .run(lastTimestamp, replayId)
    },

    /** Jobs whose selection was never written down in full: nothing of them was sent. */
    dropPlanned({ replayId }) {
      database
        .transaction(() => {
          const planned = database
            .prepare<[number | null], { id: number }>(
              "SELECT id FROM replay WHERE state = 'planned' AND id = coalesce(?, id)",
            )
            .all(replayId)
          for (const { id } of planned) {
            database.prepare('DELETE FROM replay_outcome WHERE replay_id = ?').run(id)
            database.prepare('DELETE FROM replay_tally WHERE replay_id = ?').run(id)
            database.prepare('DELETE FROM replay WHERE id = ?').run(id)
          }
        })
        .immediate()
    },

    settle({ replayId, settlements, at }) {
      database
        .transaction(() => {
          for (const { eventIds, outcome, status, attempts, message } of settlements) {
            const { changes } = settle.run(
              outcome,
              status,
              attempts,
              message,
              at,
              replayId,
              JSON.stringify(eventIds),
            )
            if (changes > 0) count.run(replayId, outcome, status ?? 0, changes)
          }
        })
        .immediate()
    },

    /** Moves a job that is in one of `from`; whether it was. An end is stamped with `at`. */
    moveReplay(input) {
      const { changes } = database
        .prepare(
          `UPDATE replay SET state = ?, message = ?, ended_at = ?
         WHERE id = ? AND state IN (SELECT value FROM json_each(?))`,
        )
        .run(
          input.to,
          input.message,
          endStates.includes(input.to) ? input.at : null,
          input.replayId,
          JSON.stringify(input.from),
        )
      return changes > 0
    },
  }
}
