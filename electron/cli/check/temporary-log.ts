import { constants, copyFileSync, existsSync } from 'node:fs'
import type Database from 'better-sqlite3'
import { TracksideError } from '../../../shared/contract/errors.ts'
import type { EventDetail } from '../../../shared/event.ts'
import type { Plan } from '../../../shared/plan/plan.ts'
import type { RawRequest } from '../../engine/capture/raw-request.ts'
import { databaseFile, openForWriting } from '../../engine/store/database.ts'
import { atOnce } from '../../engine/store/queries/id-windows.ts'
import { readerMethods } from '../../engine/threads/reader-methods.ts'
import type { ReaderMethods } from '../../engine/threads/reader-methods.ts'
import type { StoredSettings } from '../../engine/store/queries/settings.ts'
import { Writer } from '../../engine/threads/writer-methods.ts'
import type { Agreement } from './agreement.ts'
import type { SentCall } from './sent-call.ts'
import { fromTheBeginning } from './verdicts.ts'
import type { Verdicts } from './verdicts.ts'

/** Bytes of calls that are appended together. */
const portionBytes = 1024 * 1024
/** How long a slice of analysis is, in milliseconds: nobody else waits here. */
const sliceMs = 1000

/** Where a call comes from, as two numbers: the log keeps them as the connection, and the request of it. */
export interface Origin {
  origin: number
  place: number
}

/** Where an event of such a log comes from. */
export function originOf({ request: { connection } }: EventDetail): Origin {
  return { origin: connection?.number ?? 0, place: connection?.request ?? 0 }
}

/** The engine's own log and analysis, on a database in a folder that goes when all is told. */
export class TemporaryLog {
  readonly #database: Database.Database
  readonly #writer: Writer
  readonly #reader: ReaderMethods
  #waiting: RawRequest[] = []
  #waitingBytes = 0

  private constructor(folder: string) {
    this.#database = openForWriting(folder)
    // What is lost when the power goes would have been thrown away in a moment.
    this.#database.pragma('synchronous = OFF')
    this.#writer = new Writer(this.#database)
    this.#reader = readerMethods(this.#database)
  }

  static empty(folder: string): TemporaryLog {
    return new TemporaryLog(folder)
  }

  /** The log of a data directory on which no engine runs, which stays as it is. Raises DATABASE_*, MIGRATION_FAILED. */
  static copyOf(data: string, folder: string): TemporaryLog {
    for (const ending of ['', '-wal']) {
      const file = `${databaseFile(data)}${ending}`
      if (existsSync(file)) copyFileSync(file, `${databaseFile(folder)}${ending}`, constants.COPYFILE_FICLONE)
    }
    return new TemporaryLog(folder)
  }

  /** What is set in the settings, and the plan, of the log that this is a copy of. */
  get kept(): { settings: StoredSettings; plan: Plan | null } {
    return { settings: this.#reader.settings(null), plan: this.#reader.plan(null).plan }
  }

  /** A call as capture would have taken it; none has come later than `now`, in epoch milliseconds. */
  append(
    { body, receivedAt, headers, type }: SentCall,
    { origin, place }: Origin,
    now: number,
    isTooLarge = false,
  ) {
    this.#waiting.push({
      receivedAt: Math.min(Math.max(receivedAt ?? now, 0), now),
      expiresAt: Infinity,
      method: 'POST',
      url: '/v1/batch',
      headers,
      remoteAddress: null,
      remotePort: null,
      httpVersion: '1.1',
      isSecure: false,
      connection: origin,
      connectionRequest: place,
      arrivalMs: 0,
      pathType: type,
      body,
      bodyBytes: Buffer.byteLength(body),
      isTooLarge,
    })
    this.#waitingBytes += body.length
    if (this.#waitingBytes >= portionBytes) this.#flush()
  }

  /** Judges all that is in the log. Raises CHECK_STALLED. */
  judge({ config, plan }: Agreement): void {
    this.#flush()
    this.#writer.methods.setPlan({ plan, now: Date.now() })
    this.#writer.methods.setLintConfig(config)
    for (;;) {
      const dueIn = this.#writer.analysisDueIn
      if (dueIn === null) return
      // It would wait for a person to have changed all that they want to change.
      if (dueIn > 0) this.#writer.methods.rebuild(null)
      this.#writer.analyseSlice(sliceMs)
      this.#raiseTrouble()
    }
  }

  verdicts(now: number, placeOf: Verdicts['placeOf']): Verdicts {
    const reader = this.#reader
    return {
      problems: async (query, limit, cursor) =>
        atOnce(reader.problems({ query, bySource: false, limit, cursor, now })),
      events: async (query, limit, cursor) =>
        atOnce(reader.events({ query, order: 'asc', limit, cursor, now })),
      event: async (id) => reader.event({ id }),
      histogram: async (query) =>
        atOnce(reader.histogram({ query, from: fromTheBeginning, buckets: 1, now })),
      coverage: async (query) => reader.planCoverage({ query, now }),
      placeOf,
    }
  }

  /** Not every system takes a file away that is open. */
  close(): void {
    this.#database.close()
  }

  #flush(): void {
    const calls = this.#waiting.map((raw, ticket) => ({ ticket, raw }))
    this.#waiting = []
    this.#waitingBytes = 0
    if (calls.length === 0) return
    this.#writer.appendAll(calls)
    this.#raiseTrouble()
  }

  #raiseTrouble(): void {
    const { trouble } = this.#writer.methods.position(null)
    if (trouble !== null) throw new TracksideError('CHECK_STALLED', { detail: trouble })
  }
}
