import type { Replay, ReplayDetail } from '../../../shared/contract/schemas.ts'
import type { CountedReplay, TallyRow } from '../store/queries/replays.ts'
import type { StoredOptions } from './replay-reads.ts'

/** How a job that runs right now goes; the limit is what it can't exceed. */
export interface Pace {
  eventsPerSecond: number
  limit: number
  /** Why the log can't be read or written for it right now: meanwhile nothing more is sent. */
  trouble: string | null
}

const noAnswer = 'no answer'

/** A job as the contract shows it. `total` counts all that was selected: sent, failed, skipped and pending. */
export function replayOf(row: CountedReplay, pace: Pace | null): Replay {
  const events = (outcome: TallyRow['outcome']): number =>
    row.tally.reduce((sum, count) => (count.outcome === outcome ? sum + count.events : sum), 0)
  const sent = events('sent')
  const failed = events('failed')
  const skipped = events('skipped')
  const left = row.total - sent - failed - skipped
  const isRunning = row.state === 'running'
  // Before the first answer the limit is the best guess.
  const current = pace === null ? 0 : pace.eventsPerSecond
  const expected = pace === null ? 0 : current > 0 ? current : pace.limit
  const seconds = row.ended_at === null ? 0 : (row.ended_at - row.created_at) / 1000
  return {
    id: row.id,
    query: row.query,
    preset: row.preset,
    destinationId: row.destination_id,
    destinationName: row.destination_name,
    state: row.state === 'planned' ? 'running' : row.state,
    message: row.message ?? pace?.trouble ?? null,
    total: row.total,
    sent,
    failed,
    skipped,
    eventsPerSecond: isRunning ? current : seconds > 0 ? (sent + failed) / seconds : 0,
    secondsLeft: isRunning && expected > 0 ? left / expected : null,
    statuses: statusesOf(row.tally),
    createdAt: new Date(row.created_at).toISOString(),
    endedAt: row.ended_at === null ? null : new Date(row.ended_at).toISOString(),
  }
}

/** A job with how it is sent; of another write key only that there is one. */
export function replayDetailOf(row: CountedReplay, pace: Pace | null): ReplayDetail {
  return {
    ...replayOf(row, pace),
    host: row.host,
    options: JSON.parse(row.options) as StoredOptions,
    hasOtherWriteKey: row.write_key !== null,
  }
}

function statusesOf(tally: readonly TallyRow[]): Replay['statuses'] {
  const counts = new Map<string, number>()
  for (const { outcome, status, events } of tally) {
    if (outcome !== 'sent' && outcome !== 'failed') continue
    const name = status === 0 ? noAnswer : String(status)
    counts.set(name, (counts.get(name) ?? 0) + events)
  }
  return [...counts].map(([status, events]) => ({ status, events })).sort((a, b) => b.events - a.events)
}
