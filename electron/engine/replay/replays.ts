import { randomUUID } from 'node:crypto'
import { TracksideError } from '../../../shared/contract/errors.ts'
import type {
  Outcome,
  Preset,
  Replay,
  ReplayDetail,
  ReplayOptions,
  ReplayPlan,
} from '../../../shared/contract/schemas.ts'
import type { OutcomesInput } from '../store/queries/replays.ts'
import type { PlannedOutcome } from '../store/replay-writes.ts'
import { systemClock } from './clock.ts'
import type { Clock } from './clock.ts'
import { destinationOf } from './destinations.ts'
import type { Destinations } from './destinations.ts'
import { PlanTally } from './plan.ts'
import type { PlanTerms } from './replay-reads.ts'
import type { ReplayReader, ReplayWriter } from './replay-store.ts'
import { replayDetailOf, replayOf } from './replay-view.ts'
import { Runs } from './runs.ts'
import { plannedPages, selectionEnd } from './selection.ts'
import type { Patience } from './send.ts'

export interface ReplaysParts {
  reader: ReplayReader
  writer: ReplayWriter
  destinations: Destinations
  /** Epoch milliseconds. */
  now(): number
  /** For tests: the time that jobs wait by. */
  clock?: Clock
  random?(): number
  patience?: Patience
}

export interface ReplayRequest {
  query: string
  destinationId: number
  preset: Preset
  options: ReplayOptions
  start: boolean
  confirm?: string | undefined
  upTo?: number | undefined
}

/** Plans replays, starts them, and keeps them going across restarts. */
export class Replays {
  readonly #parts: ReplaysParts
  readonly #clock: Clock
  readonly #runs: Runs

  constructor(parts: ReplaysParts) {
    this.#parts = parts
    this.#clock = parts.clock ?? systemClock(parts.now)
    this.#runs = new Runs({ ...parts, clock: this.#clock })
  }

  /** Goes on with the jobs that were running when the engine ended. */
  async start(): Promise<void> {
    await this.#parts.writer.dropPlanned({ replayId: null })
    const replays = await this.#parts.reader.replays(null)
    for (const { id, state } of replays.reverse()) if (state === 'running') this.#runs.begin(id)
  }

  /** Ends every run, so that the next start of the engine can go on with it. */
  async stop(): Promise<void> {
    await this.#runs.stop()
  }

  /** Tells that a job has moved on; the answer takes the listener away. */
  onChange(listener: () => void): () => void {
    return this.#runs.onChange(listener)
  }

  async list(): Promise<Replay[]> {
    const rows = await this.#parts.reader.replays(null)
    return rows.map((row) => replayOf(row, this.#runs.paceOf(row.id)))
  }

  /** Raises NOT_FOUND. */
  async get(id: number): Promise<ReplayDetail> {
    return replayDetailOf(await this.#parts.reader.replay({ id }), this.#runs.paceOf(id))
  }

  /** Raises NOT_FOUND, CURSOR_INVALID. */
  async outcomes(input: OutcomesInput): Promise<{ outcomes: Outcome[]; nextCursor: string | null }> {
    return this.#parts.reader.outcomes(input)
  }

  /**
   * The plan; with `start`, the job that carries out just this plan. Its events are written down while they are
   * planned, so that what is sent is what the plan says, whatever arrives, is deleted or analysed anew afterwards.
   * Raises NOT_FOUND, QUERY_SYNTAX, CONFIRMATION_NEEDED, REPLAY_EMPTY.
   */
  async create(request: ReplayRequest): Promise<{ plan: ReplayPlan; replay: Replay | null }> {
    const row = await this.#parts.reader.destination({ id: request.destinationId })
    const destination = destinationOf(row)
    const isConfirmed = request.confirm?.trim().toLowerCase() === destination.host
    if (request.start && destination.production && !isConfirmed) {
      throw new TracksideError('CONFIRMATION_NEEDED', { name: destination.name, host: destination.host })
    }
    const { writeKey, ...options } = request.options
    const terms: PlanTerms = {
      destinationId: row.id,
      preset: request.preset,
      options,
      startedAt: this.#clock.now(),
      lastTimestamp: null,
    }
    const end = await selectionEnd(this.#parts.reader, this.#clock)
    const upTo = Math.min(end, request.upTo ?? end)
    const tally = new PlanTally(destination, terms)
    const replayId = request.start
      ? await this.#parts.writer.planReplay({
          query: request.query,
          preset: request.preset,
          options: JSON.stringify(options),
          write_key: await this.#parts.destinations.seal(writeKey),
          destination_id: row.id,
          destination_name: row.name,
          host: destination.host,
          seed: randomUUID(),
          created_at: terms.startedAt,
        })
      : null
    try {
      for await (const events of plannedPages(this.#parts.reader, this.#clock, {
        ...terms,
        query: request.query,
        upTo,
      })) {
        for (const event of events) tally.add(event)
        if (replayId !== null) {
          const outcomes: PlannedOutcome[] = events.map(({ eventId, person, reason }) => ({
            eventId,
            person,
            reason,
          }))
          await this.#parts.writer.addOutcomes({ replayId, outcomes, at: terms.startedAt })
        }
      }
      const { lastTimestamp } = tally
      const plan = tally.plan({
        query: request.query,
        upTo,
        eventsPerSecond: options.eventsPerSecond ?? row.events_per_second,
        samples: await this.#parts.reader.replaySamples({ ...terms, lastTimestamp, ids: tally.sampleIds }),
      })
      if (replayId === null) return { plan, replay: null }
      if (plan.events === 0) throw new TracksideError('REPLAY_EMPTY')
      await this.#parts.writer.startReplay({ replayId, lastTimestamp })
      this.#runs.begin(replayId)
      return { plan, replay: await this.get(replayId) }
    } catch (error) {
      if (replayId !== null) await this.#parts.writer.dropPlanned({ replayId })
      throw error
    }
  }

  /** Starts no further request; one that is under way still comes to its end. Raises NOT_FOUND, REPLAY_STATE. */
  async pause(id: number): Promise<Replay> {
    await this.#move(id, ['running'], 'paused')
    return this.get(id)
  }

  /** Raises NOT_FOUND, REPLAY_STATE. */
  async resume(id: number): Promise<Replay> {
    await this.#move(id, ['paused', 'failed'], 'running')
    this.#runs.begin(id)
    return this.get(id)
  }

  /** What was not sent stays unsent. Raises NOT_FOUND, REPLAY_STATE. */
  async cancel(id: number): Promise<Replay> {
    await this.#move(id, ['running', 'paused', 'failed'], 'cancelled')
    return this.get(id)
  }

  async #move(id: number, from: Replay['state'][], to: 'running' | 'paused' | 'cancelled'): Promise<void> {
    const { state } = await this.#parts.reader.replay({ id })
    const move = (): Promise<boolean> =>
      this.#parts.writer.moveReplay({ replayId: id, from, to, message: null, at: this.#clock.now() })
    const isMoved = await (to === 'running' ? move() : this.#runs.halt(id, move))
    if (!isMoved)
      throw new TracksideError('REPLAY_STATE', { state, wanted: to === 'running' ? 'resumed' : to })
    this.#runs.announce()
  }
}
