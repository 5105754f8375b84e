import type Database from 'better-sqlite3'
import { TracksideError } from '../../../shared/contract/errors.ts'
import type { Rejudging } from '../../../shared/contract/schemas.ts'
import type { Fault } from '../../../shared/contract/settings.ts'
import type { FaultAnswer } from '../../../shared/fault.ts'
import type { LintConfig } from '../../../shared/lint/index.ts'
import type { Plan } from '../../../shared/plan/plan.ts'
import { Analysis } from '../analysis/analysis.ts'
import { decodeRequest, unstorable } from '../capture/decode.ts'
import type { DecodedRequest } from '../capture/decode.ts'
import { FaultChooser } from '../capture/faults.ts'
import type { PackedRequest } from '../capture/packed-request.ts'
import type { Answer, OnPurpose, RawRequest } from '../capture/raw-request.ts'
import { LogAppender } from '../store/append.ts'
import type { LogAnswer } from '../store/append.ts'
import { isStorageError, presenceOf } from '../store/database.ts'
import { deleteEvents } from '../store/delete.ts'
import { writeFilePlan, writePlan } from '../store/plan.ts'
import type { FilePlan } from '../store/plan.ts'
import type { StoredSettings } from '../store/queries/settings.ts'
import { outdateSearch } from '../store/search-file.ts'
import { replayWrites } from '../store/replay-writes.ts'
import type { ReplayWriteMethods } from '../store/replay-writes.ts'
import { writeSettings } from '../store/setting-writes.ts'
import type { Reply } from './messages.ts'
import { RejudgingDelay } from './rejudging-delay.ts'
import { threadError } from './serve.ts'

/** What the writer says unasked: where log and analysis stand. */
export interface WriterNotice {
  lastEventId: number
  analysedUpTo: number
  events: number
  rejected: number
  /** Grows when events were deleted or analysis began anew. */
  deletions: number
  /** How far the past has been read anew; null while analysis only follows what arrives. */
  rejudging: Rejudging
  /** How often a rule has thrown since analysis last began anew. */
  failures: number
  /** Set while appends or analysis fail; null when the last one of each went well. */
  trouble: string | null
}

/** What the main thread can ask of the writer. */
export interface WriterMethods extends ReplayWriteMethods {
  append(request: PackedRequest): Answer | OnPurpose
  /** Deletes these events, all of them for null. */
  deleteEvents(input: { ids: number[] | null }): { deleted: number }
  rebuild(input: null): { upTo: number }
  writeSettings(input: StoredSettings): void
  /** Keeps the plan, or none; where it judges otherwise than the one before, the past is judged anew. `now` is epoch ms. */
  setPlan(input: { plan: Plan | null; now: number }): void
  /** The same for the plan of a file, which wins over the one that is kept; null gives that one back. */
  setFilePlan(input: FilePlan | null): void
  /** From the next request on, these are answered on purpose. */
  setFaults(input: Fault[]): void
  /** What to judge by. Where the past was judged by something else, it is read anew; until the first one, none is. */
  setLintConfig(input: LintConfig): void
  /** Where log and analysis stand right now. */
  position(input: null): WriterNotice
  /** Moves what is left in the write-ahead log into the database, as far as no query looks at it: it then begins anew. */
  finishCheckpoint(input: null): void
}

const analysisPauseMs = 1000

function detailOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** Characters of payloads that are committed together, at least. */
const portionCharacters = 8 * 1024 * 1024

/** A request that waits for its commit. */
export interface AppendCall {
  ticket: number
  raw: RawRequest
}

interface Decoded extends AppendCall {
  request: DecodedRequest
  fault: FaultAnswer | null
}

function decode(raw: RawRequest): DecodedRequest {
  try {
    return decodeRequest(raw)
  } catch (error) {
    return unstorable(raw, error)
  }
}

/** What those hear whose calls could not be appended, for a reason that is not theirs. */
function appendRefusal(cause: unknown, file: string): TracksideError {
  if (cause instanceof TracksideError) return cause
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  return /^SQLITE_(BUSY|LOCKED)/.test(code)
    ? new TracksideError('LOG_LOCKED', { file }, { cause })
    : new TracksideError('LOG_UNWRITABLE', { detail: detailOf(cause) }, { cause })
}

function heard({ method }: RawRequest, answer: Answer, fault: FaultAnswer | null): LogAnswer {
  // A pixel comes as GET, and its image goes out whatever is wrong with its call.
  if (fault === null) return { status: method === 'GET' ? 200 : answer.status, fault }
  if (fault.kind === 'slow') return { status: 200, fault }
  return { status: fault.kind === 'status' ? fault.status : null, fault }
}

/** The one place that writes: the log, what is derived from it, and what replays remember. */
export class Writer {
  readonly methods: Omit<WriterMethods, 'append'>
  readonly #database: Database.Database
  readonly #appender: LogAppender
  readonly #analysis: Analysis
  readonly #isPresent: () => boolean
  readonly #faults: FaultChooser
  readonly #rejudgingDelay = new RejudgingDelay()
  readonly #now: () => number
  #analysisPausedUntil = 0
  #deletions = 0
  #appendTrouble: string | null = null
  #analysisTrouble: string | null = null
  #lastNotice: WriterNotice | null = null

  /** `now` is a clock in milliseconds that never goes back; `random` gives a number from 0 up to, but without, 1. */
  constructor(
    database: Database.Database,
    now = (): number => performance.now(),
    random = (): number => Math.random(),
  ) {
    this.#database = database
    this.#now = now
    this.#isPresent = presenceOf(database)
    this.#appender = new LogAppender(database)
    this.#faults = new FaultChooser(random)
    this.#analysis = new Analysis(database)
    this.methods = {
      deleteEvents: ({ ids }) => {
        const deleted = deleteEvents(database, ids)
        if (deleted > 0) this.#restartAnalysis()
        return { deleted }
      },
      rebuild: () => {
        outdateSearch(database)
        this.#restartAnalysis()
        return { upTo: this.#appender.position.lastEventId }
      },
      writeSettings: (settings) => writeSettings(database, settings),
      setPlan: ({ plan, now }) => {
        writePlan(database, plan, now)
        if (this.#analysis.isPlanOutdated) this.#restartAnalysis()
      },
      setFilePlan: (filePlan) => {
        writeFilePlan(database, filePlan)
        if (this.#analysis.isPlanOutdated) this.#restartAnalysis()
      },
      setFaults: (faults) => this.#faults.set(faults),
      setLintConfig: (config) => {
        this.#analysis.follow(config)
        this.#rejudgingDelay.changed(this.#analysis.isStale, this.#now())
      },
      position: () => this.#notice(),
      finishCheckpoint: () => this.#moveCommitted(),
      ...replayWrites(database),
    }
  }

  get lastEventId(): number {
    return this.#appender.position.lastEventId
  }

  /** Events that wait for analysis, about: ids may be missing among them. */
  get analysisBehind(): number {
    return this.lastEventId - this.#analysis.upTo
  }

  /** Milliseconds until analysis has something to do; null while it has nothing. */
  get analysisDueIn(): number | null {
    const now = this.#now()
    if (!this.#analysis.isAgreed) return null
    if (!this.#analysis.isStale && this.#analysis.upTo >= this.lastEventId) return null
    return Math.max(0, this.#analysisPausedUntil - now, this.#restartsIn(now) ?? 0)
  }

  /**
   * Commits what waits, each sender's answer is given out only after that. What is decoded takes many times the memory
   * of what arrived, so it goes in portions, each in one transaction.
   */
  appendAll(calls: readonly AppendCall[]): Reply[] {
    const replies: Reply[] = []
    let portion: Decoded[] = []
    let size = 0
    for (const { ticket, raw } of calls) {
      const request = decode(raw)
      // What is wrong with a request is what its sender has to hear: a fault would hide it.
      const fault = request.answer.status === 200 ? this.#faults.choose(request.events) : null
      portion.push({ ticket, raw, request, fault })
      size += request.size
      if (size < portionCharacters) continue
      replies.push(...this.#commit(portion))
      portion = []
      size = 0
    }
    if (portion.length > 0) replies.push(...this.#commit(portion))
    return replies
  }

  #commit(portion: readonly Decoded[]): Reply[] {
    try {
      this.#append(portion)
      this.#appendTrouble = null
      return portion.map(({ ticket, request, fault }) => [
        ticket,
        fault === null ? request.answer : { fault },
      ])
    } catch (error) {
      if (isStorageError(error) || error instanceof TracksideError) return this.#refuse(portion, error)
      if (portion.length > 1) return portion.flatMap((decoded) => this.#commit([decoded]))
      return portion.flatMap((decoded) => this.#commitAsUnstorable(decoded, error))
    }
  }

  /** One request that fails by itself must not cost the others their place in the log. */
  #commitAsUnstorable({ ticket, raw }: Decoded, cause: unknown): Reply[] {
    console.error(`A request to ${raw.url.slice(0, 200)} can’t be stored: ${detailOf(cause)}`)
    const decoded: Decoded = { ticket, raw, request: unstorable(raw, cause), fault: null }
    try {
      this.#append([decoded])
    } catch (error) {
      if (isStorageError(error) || error instanceof TracksideError) return this.#refuse([decoded], error)
      // Not even that can be kept: its sender is told all the same, and does not send it again and again.
    }
    return [[ticket, decoded.request.answer]]
  }

  #moveCommitted(): void {
    this.#database.pragma('wal_checkpoint(PASSIVE)')
  }

  /**
   * After a write has failed, before the next one is tried: on a full disk the write-ahead log may hold all the room that
   * there is, and what it holds may be in its place already but for a few pages that nobody would move.
   */
  #recover(): void {
    if (this.#appendTrouble === null && this.#analysisTrouble === null) return
    try {
      this.#moveCommitted()
    } catch {
      // The write itself will tell.
    }
  }

  #append(portion: readonly Decoded[]): void {
    if (!this.#isPresent()) throw new TracksideError('LOG_GONE', { file: this.#database.name })
    this.#recover()
    this.#appender.append(
      portion.map(({ raw, request: { request, events, answer }, fault }) => ({
        request,
        events,
        answer: heard(raw, answer, fault),
      })),
    )
  }

  #refuse(portion: readonly Decoded[], cause: unknown): Reply[] {
    const refusal = appendRefusal(cause, this.#database.name)
    this.#appendTrouble = refusal.message
    return portion.map(({ ticket }) => [ticket, undefined, threadError(refusal)])
  }

  /** Takes so many milliseconds, fewer once `isWanted` says that something else waits: then it ends with the event that it is at. */
  analyseSlice(ms: number, isWanted: () => boolean = () => false): void {
    const end = this.#now() + ms
    try {
      if (!this.#isPresent()) throw new TracksideError('DATABASE_GONE', { file: this.#database.name })
      this.#recover()
      if (this.#restartsIn(this.#now()) === 0) this.#restartAnalysis()
      this.#analysis.slice(this.lastEventId, () => this.#now() >= end || isWanted())
      this.#analysisPausedUntil = 0
      this.#analysisTrouble = null
    } catch (error) {
      // A full disk: what has a 200 is safe in the log, analysis goes on when there is room again.
      this.#analysisPausedUntil = this.#now() + analysisPauseMs
      const trouble =
        error instanceof TracksideError
          ? error
          : new TracksideError('ANALYSIS_UNWRITABLE', { detail: detailOf(error) })
      this.#analysisTrouble = trouble.message
    }
  }

  /** What has changed since the last notice; null when nothing has. */
  takeNotice(): WriterNotice | null {
    const notice = this.#notice()
    const last = this.#lastNotice
    if (
      last !== null &&
      last.lastEventId === notice.lastEventId &&
      last.analysedUpTo === notice.analysedUpTo &&
      last.deletions === notice.deletions &&
      last.failures === notice.failures &&
      last.rejudging?.upTo === notice.rejudging?.upTo &&
      last.rejudging?.of === notice.rejudging?.of &&
      last.trouble === notice.trouble
    ) {
      return null
    }
    this.#lastNotice = notice
    return notice
  }

  close(): void {
    try {
      this.#database.pragma('wal_checkpoint(TRUNCATE)')
    } catch {
      // No room for it: the WAL stays, and the next start reads it.
    }
    this.#database.close()
  }

  #notice(): WriterNotice {
    const { lastEventId, events, rejected } = this.#appender.position
    // What is about to be thrown away is no answer any more: who waits for analysis waits for the new one.
    const { isStale } = this.#analysis
    return {
      lastEventId,
      analysedUpTo: isStale ? 0 : this.#analysis.upTo,
      events,
      rejected,
      deletions: this.#deletions,
      rejudging: isStale && lastEventId > 0 ? { upTo: 0, of: lastEventId } : this.#analysis.rejudging,
      failures: this.#analysis.failures,
      trouble: this.#appendTrouble ?? this.#analysisTrouble,
    }
  }

  /** Milliseconds until what is derived is thrown away; null where it stands. */
  #restartsIn(now: number): number | null {
    if (!this.#analysis.isStale) return null
    // Where nothing has been derived, there is nothing to be thrown away too soon.
    return this.#analysis.upTo === 0 ? 0 : this.#rejudgingDelay.waitMs(now)
  }

  #restartAnalysis(): void {
    this.#analysis.restart()
    this.#appender.recount()
    this.#deletions += 1
  }
}
