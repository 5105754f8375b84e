import type Database from 'better-sqlite3'
import type { CallType } from '../../../shared/event.ts'
import type { Preset, ReplayOptions } from '../../../shared/contract/schemas.ts'
import { ReplayQueries } from '../store/queries/replays.ts'
import type {
  PersonalCallRow,
  CountedReplay,
  DestinationRow,
  OutcomesInput,
  ReplayRow,
} from '../store/queries/replays.ts'
import { StatusQueries } from '../store/queries/status.ts'
import { packCalls } from './call-page.ts'
import type { CallPage } from './call-page.ts'
import { isReadable, leftOutReasons, refusalOf } from './limits.ts'
import { CallWriter, messageIdSource, stamped } from './presets.ts'
import type { PresetJob } from './presets.ts'

export type StoredOptions = Omit<ReplayOptions, 'writeKey'>

/** What decides about each event of a plan. */
export interface PlanTerms {
  destinationId: number
  preset: Preset
  options: StoredOptions
  startedAt: number
  lastTimestamp: number | null
}

/** An event as a plan sees it. Bytes are those of its call in the request. */
export interface PlannedEvent {
  eventId: number
  person: number
  type: CallType | null
  name: string | null
  timestamp: number
  bytes: number
  isAlreadySent: boolean
  /** Why it is left out; null when it is sent. */
  reason: string | null
}

/**
 * What replay asks of the reader's thread. Calls are written there, in pages, so that neither a page of a million
 * events nor the work on them reaches the thread that answers SDKs.
 */
export interface ReplayReads {
  replayHorizon(input: null): { lastEventId: number; analysedUpTo: number }
  plannedEvents(input: PlanTerms & { ids: number[] }): PlannedEvent[]
  replaySamples(input: PlanTerms & { ids: number[] }): { eventId: number; before: string; after: string }[]
  pendingCalls(input: { replayId: number; after: number; limit: number }): CallPage
  destinations(input: null): DestinationRow[]
  destination(input: { id: number }): DestinationRow
  replays(input: null): CountedReplay[]
  replay(input: { id: number }): CountedReplay
  outcomes(input: OutcomesInput): ReturnType<ReplayQueries['outcomes']>
}

/** More jobs than anyone runs at a time. */
const keptWriters = 16

export function replayReads(database: Database.Database): ReplayReads {
  const queries = new ReplayQueries(database)
  const status = new StatusQueries(database)
  const writers = new Map<number, CallWriter>()

  /** The options of a job never change, and may be large: they are read once. */
  function writerOf(replayId: number): CallWriter {
    let writer = writers.get(replayId)
    if (writer === undefined) {
      if (writers.size >= keptWriters) writers.clear()
      writer = new CallWriter(jobOf(queries.replay(replayId)))
      writers.set(replayId, writer)
    }
    return writer
  }

  return {
    replayHorizon: () => ({ lastEventId: status.lastEventId(), analysedUpTo: status.analysedUpTo() }),
    plannedEvents: ({ ids, ...terms }) => {
      const acknowledged = queries.acknowledged(ids, terms.destinationId)
      const writer = new CallWriter(planJob(terms))
      return queries.calls(ids).map((row) => planned(row, writer, acknowledged.has(row.id), terms.options))
    },
    replaySamples: ({ ids, ...terms }) => {
      const writer = new CallWriter(planJob(terms))
      const sentAt = new Date(terms.startedAt).toISOString()
      return queries
        .calls(ids)
        .filter(isReadable)
        .map((row) => ({ eventId: row.id, before: row.payload, after: stamped(writer.write(row), sentAt) }))
    },
    pendingCalls: ({ replayId, after, limit }) =>
      packCalls(
        queries.pending(replayId, after, limit).map(({ eventId, person, call }) => ({
          eventId,
          person,
          call: call !== null && isReadable(call) ? writerOf(replayId).write(call) : null,
        })),
      ),
    destinations: () => queries.destinations(),
    destination: ({ id }) => queries.destination(id),
    replays: () => queries.replays(),
    replay: ({ id }) => queries.replay(id),
    outcomes: (input) => queries.outcomes(input),
  }
}

function jobOf(row: ReplayRow): PresetJob {
  return {
    preset: row.preset,
    options: JSON.parse(row.options) as StoredOptions,
    startedAt: row.created_at,
    lastTimestamp: row.last_timestamp,
    newId: messageIdSource(row.seed),
  }
}

/** New ids of a plan are only shown; the job gets a seed of its own. */
function planJob(terms: PlanTerms): PresetJob {
  return { ...terms, newId: messageIdSource('plan') }
}

function planned(
  row: PersonalCallRow,
  writer: CallWriter,
  isAlreadySent: boolean,
  { onlyNew }: StoredOptions,
): PlannedEvent {
  const event = {
    eventId: row.id,
    person: personOf(row),
    type: row.type,
    name: row.name,
    timestamp: row.timestamp,
    isAlreadySent,
  }
  if (!isReadable(row)) return { ...event, bytes: 0, reason: leftOutReasons.rejected }
  if (onlyNew && isAlreadySent) return { ...event, bytes: 0, reason: leftOutReasons.alreadySent }
  const call = writer.write(row)
  return { ...event, bytes: call.bytes, reason: refusalOf(row, call) }
}

/**
 * Whose events must keep their order: the person as analysis knows them, so that what they did before and after
 * signing in stays in one line. Ids that analysis ties to nobody (placeholders) are told apart by themselves, below 0.
 */
function personOf({ person_id, user_id, anonymous_id }: PersonalCallRow): number {
  if (person_id !== null) return person_id
  const id = user_id ?? anonymous_id ?? ''
  let hash = 0
  for (let index = 0; index < id.length; index += 1) hash = (hash * 31 + id.charCodeAt(index)) | 0
  return -1 - (hash >>> 0)
}
