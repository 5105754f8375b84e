import Database from 'better-sqlite3'
import { TracksideError } from '../../../shared/contract/errors.ts'
import type { DestinationInput } from '../../../shared/contract/schemas.ts'
import { destinationInput, replayOptions } from '../../../shared/contract/schemas.ts'
import type { Destination, Replay } from '../../../shared/contract/schemas.ts'
import type { JsonObject } from '../../../shared/event.ts'
import type { SecretBox } from '../../../electron/engine/options.ts'
import { Destinations } from '../../../electron/engine/replay/destinations.ts'
import type { ReplayReader, ReplayWriter } from '../../../electron/engine/replay/replay-store.ts'
import { Replays } from '../../../electron/engine/replay/replays.ts'
import type { ReplayRequest } from '../../../electron/engine/replay/replays.ts'
import { usualPatience } from '../../../electron/engine/replay/send.ts'
import type { Patience } from '../../../electron/engine/replay/send.ts'
import { atOnce, isInPortions } from '../../../electron/engine/store/queries/id-windows.ts'
import { migrate } from '../../../electron/engine/store/database.ts'
import { readerMethods } from '../../../electron/engine/threads/reader-methods.ts'
import { longestSliceMs } from '../../../electron/engine/threads/analysis-pace.ts'
import { Writer } from '../../../electron/engine/threads/writer-methods.ts'
import { defaultLintConfig } from '../../../shared/lint/index.ts'
import { InstantClock } from './instant-clock.ts'
import { rawRequest } from '../../fixtures/raw-request.ts'

/** Marks what it seals, so that a test sees where a secret has been. */
const secretBox: SecretBox = {
  encrypt: async (secret) => Buffer.from(Buffer.from(`sealed ${secret}`).toString('hex')),
  decrypt: async (sealed) =>
    Buffer.from(Buffer.from(sealed).toString(), 'hex').toString().slice('sealed '.length),
}

interface Life {
  isDead: boolean
  /** While the disk is full, the methods that could not write; null while it has room. */
  refused: string[] | null
}

/** What a job writes while it runs. */
const writes = ['settle', 'moveReplay']

/** Methods as if behind a thread; once the process is dead, no answer ever comes. */
function asRemote<Remote>(methods: object, life: Life): Remote {
  return new Proxy(
    {},
    {
      get: (_target, name) => async (input: unknown) => {
        await new Promise((resolve) => setImmediate(resolve))
        if (life.isDead) return new Promise(() => undefined)
        if (life.refused !== null && writes.includes(String(name))) {
          life.refused.push(String(name))
          throw new TracksideError('DATA_UNWRITABLE', { data: '/data', detail: 'the disk is full' })
        }
        const method: unknown = Reflect.get(methods, name)
        if (typeof method !== 'function') throw new Error(`no method ${String(name)}`)
        const answer: unknown = Reflect.apply(method, methods, [input])
        return structuredClone(isInPortions(answer) ? atOnce(answer) : (answer as unknown))
      },
    },
  ) as Remote
}

/** One life of the engine's replay on a database: the real reader's and writer's methods, in one process. */
export interface Service {
  destinations: Destinations
  replays: Replays
  clock: InstantClock
  /** As kill -9 does: whatever it still does, nothing of it is written. */
  die(): void
  /** Lets nothing be written until there is room again; gives the methods that have tried. */
  fillDisk(): string[]
  freeDisk(): void
}

/** A log in memory, and services that come and go on it. */
export class Workshop {
  readonly database = new Database(':memory:')
  readonly writer: Writer
  readonly #reader: object

  constructor() {
    migrate(this.database)
    this.writer = new Writer(this.database)
    this.writer.methods.setLintConfig(defaultLintConfig)
    this.#reader = readerMethods(this.database)
  }

  serve(patience: Partial<Patience> = {}): Service {
    const life: Life = { isDead: false, refused: null }
    const clock = new InstantClock()
    const reader = asRemote<ReplayReader>(this.#reader, life)
    const writer = asRemote<ReplayWriter>(this.writer.methods, life)
    const destinations = new Destinations({ reader, writer, secretBox, now: clock.now })
    const replays = new Replays({
      reader,
      writer,
      destinations,
      now: clock.now,
      clock,
      random: () => 0.5,
      patience: { ...usualPatience, timeoutMs: 1_000, ...patience },
    })
    return {
      destinations,
      replays,
      clock,
      die: () => {
        life.isDead = true
      },
      fillDisk: () => (life.refused = []),
      freeDisk: () => {
        life.refused = null
      },
    }
  }

  /** Captures the calls in requests of a hundred, and analyses them. */
  capture(calls: readonly JsonObject[], receivedAt = Date.parse('2026-02-28T12:00:00.000Z')): void {
    for (let start = 0; start < calls.length; start += 100) {
      const batch = calls.slice(start, start + 100)
      const body = Buffer.from(JSON.stringify({ writeKey: 'web', batch }))
      const request = rawRequest(body, { receivedAt })
      this.writer.appendAll([{ ticket: start, raw: request }])
    }
    while (this.writer.analysisDueIn === 0) this.writer.analyseSlice(longestSliceMs)
  }

  /** The message ids of the events whose acknowledgement has been written down. */
  acknowledged(): Set<string> {
    const rows = this.database
      .prepare<[], { message_id: string }>(
        `SELECT message_id FROM replay_outcome JOIN event ON event.id = replay_outcome.event_id
         WHERE outcome = 'sent'`,
      )
      .all()
    return new Set(rows.map((row) => row.message_id))
  }
}

export function destination(url: string, change: Partial<DestinationInput> = {}): DestinationInput {
  return destinationInput.parse({
    name: 'Sink',
    url,
    writeKey: 'key-of-the-sink',
    eventsPerSecond: 100_000,
    ...change,
  })
}

export function request({ id }: Destination, change: Partial<ReplayRequest> = {}): ReplayRequest {
  return {
    query: '',
    destinationId: id,
    preset: 'historical',
    options: replayOptions.parse({}),
    start: true,
    ...change,
  }
}

/** Tracks of so many users in turn, each with its number among those of its user. */
export function story(events: number, users: number): JsonObject[] {
  return Array.from({ length: events }, (_, index) => ({
    type: 'track',
    event: 'Step Taken',
    userId: `user-${index % users}`,
    messageId: `m${index}`,
    timestamp: new Date(Date.parse('2026-02-28T10:00:00.000Z') + index).toISOString(),
    properties: { step: Math.floor(index / users) },
  }))
}

/** The job once it no longer runs. */
export async function settled(replays: Replays, id: number): Promise<Replay> {
  return until(
    () => replays.get(id),
    (replay) => replay.state !== 'running',
  )
}

export async function until<T>(look: () => T | Promise<T>, holds: (value: T) => boolean): Promise<T> {
  const deadline = performance.now() + 45_000
  for (;;) {
    const value = await look()
    if (holds(value)) return value
    if (performance.now() > deadline) throw new Error(`It never held: ${JSON.stringify(value)}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
