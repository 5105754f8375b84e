import type Database from 'better-sqlite3'
import type { CallType, JsonObject, Problem } from '../../../shared/event.ts'
import { NameIndex, createLinter, replacementCharacter } from '../../../shared/lint/index.ts'
import type { Facts } from '../../../shared/lint/rule.ts'
import { segmentCall } from '../../../shared/journy.ts'
import { isJsonObject, normalise } from '../../../shared/normalise.ts'
import { searchedText } from '../../../shared/query/searched-text.ts'
import { isStorageError } from '../store/database.ts'
import { isoTimeOrNull } from '../store/queries/event-rows.ts'
import { Accounts } from './accounts.ts'
import type { AnalysedCall } from './analysed-call.ts'
import { Catalog } from './catalog.ts'
import { english } from './english.ts'
import { People } from './identity.ts'
import { Problems, severityRank, worstOf } from './problems.ts'
import { SearchIndex, callText } from './search.ts'

/** Raised whenever what analysis makes of an event changes: the log is then read anew. */
const analysisVersion = 3
const rowsPerRead = 200
/** Characters of payloads and of what their batches say that are read ahead, about: a call may have five million. */
const charactersPerRead = 8 * 1024 * 1024

interface LogRow {
  id: number
  received_at: number
  type: CallType | null
  source: string | null
  accepted: number
  rejection_code: string | null
  rejection_message: string | null
  user_id: string | null
  anonymous_id: string | null
  previous_id: string | null
  account_id: string | null
  payload: string | null
  envelope: string | null
  message_id: string | null
  raw_body: Uint8Array | null
  original_timestamp: number | null
  sent_at: number | null
}

/** All that is known of a row that can't be read. */
type Unread = Pick<LogRow, 'id'>

const derivedTables = [
  'analysed_event',
  'person',
  'identity',
  'account',
  'member',
  'source',
  'catalog_name',
  'catalog_source',
  'catalog_property',
  'problem',
  'problem_group',
  'problem_group_source',
]

/**
 * Follows the log with a checkpoint. Each slice is one transaction that moves the checkpoint with what it has
 * derived, so a crash costs a slice and nothing counts twice.
 */
export class Analysis {
  readonly #database: Database.Database
  readonly #statements: ReturnType<typeof prepare>
  readonly #people: People
  readonly #accounts: Accounts
  readonly #catalog: Catalog
  readonly #problems: Problems
  readonly #search: SearchIndex
  readonly #linter = createLinter(english)
  #names = new NameIndex()
  /** Events that have failed: passed as if nothing could be made of them, or left out altogether. */
  readonly #troublesome = new Map<number, 'passed' | 'skipped'>()
  /** Up to this event each is analysed in a transaction of its own, because one of them has failed. */
  #aloneUpTo = 0
  #upTo: number
  readonly #onFault: (fault: { rule: string; message: string }) => void

  constructor(database: Database.Database, onFault: (fault: { rule: string; message: string }) => void) {
    this.#database = database
    this.#statements = prepare(database)
    this.#people = new People(database)
    this.#accounts = new Accounts(database)
    this.#catalog = new Catalog(database)
    this.#problems = new Problems(database)
    this.#search = new SearchIndex(database)
    this.#onFault = onFault
    this.#upTo = Number(this.#statements.readMeta.get('analysed_up_to')?.value ?? 0)
    if (Number(this.#statements.readMeta.get('analysis_version')?.value ?? 0) !== analysisVersion)
      this.restart()
    else this.#forget()
  }

  /** Everything up to this event id is analysed. */
  get upTo(): number {
    return this.#upTo
  }

  /** Throws away all that is derived; the next slices read the log from its beginning. */
  restart(): void {
    this.#database
      .transaction(() => {
        for (const table of derivedTables) this.#database.exec(`DELETE FROM ${table}`)
        this.#database.exec("INSERT INTO search (search) VALUES ('delete-all')")
        this.#statements.writeMeta.run('analysed_up_to', '0')
        this.#statements.writeMeta.run('analysis_version', String(analysisVersion))
      })
      .immediate()
    this.#forget()
    this.#troublesome.clear()
    this.#aloneUpTo = 0
    this.#upTo = 0
  }

  /** Analyses one event after the other until `isOver`, or until `lastEventId`; false when there was nothing to do. */
  slice(lastEventId: number, isOver: () => boolean): boolean {
    if (this.#upTo >= lastEventId) return false
    const isAlone = this.#upTo < this.#aloneUpTo
    let reached = this.#upTo
    let current = this.#upTo
    try {
      this.#database
        .transaction(() => {
          for (const row of this.#read(isAlone ? 1 : rowsPerRead)) {
            current = row.id
            this.#take(row)
            reached = row.id
            if (isOver()) break
          }
          // Deleted events leave gaps: an empty read means that the rest of the ids is gone.
          if (reached === this.#upTo) reached = lastEventId
          this.#people.flush()
          this.#catalog.flush()
          this.#problems.flush()
          this.#statements.writeMeta.run('analysed_up_to', String(reached))
        })
        .immediate()
    } catch (error) {
      this.#forget()
      if (isStorageError(error)) throw error
      this.#isolate(current, isAlone, error)
      return true
    }
    this.#upTo = reached
    if (this.#upTo >= this.#aloneUpTo) this.#troublesome.clear()
    return true
  }

  /**
   * One event that can't be analysed must not stop the rest. Which one it is shows when those of the failed slice are
   * analysed one by one; it is then passed, and where even that fails, left out.
   */
  #isolate(current: number, wasAlone: boolean, error: unknown): void {
    const treatment = this.#troublesome.get(current)
    // Not even the checkpoint can be moved: to try on at once would be to try for ever.
    if (treatment === 'skipped') throw error
    if (!wasAlone) {
      this.#aloneUpTo = current
      return
    }
    this.#troublesome.set(current, treatment === undefined ? 'passed' : 'skipped')
    this.#onFault({ rule: 'analysis', message: `event ${current}: ${String(error)}` })
  }

  #read(limit: number): (LogRow | Unread)[] {
    try {
      return this.#readAhead(limit)
    } catch (error) {
      if (limit > 1) {
        // Which row it is shows when they are read one by one.
        const last = this.#statements.ids.all(this.#upTo, limit).at(-1)
        if (last === undefined) throw error
        this.#aloneUpTo = last.id
        return this.#read(1)
      }
      const unreadable = this.#statements.ids.get(this.#upTo, 1)
      if (unreadable === undefined) throw error
      this.#troublesome.set(unreadable.id, 'skipped')
      this.#onFault({ rule: 'analysis', message: `event ${unreadable.id} can’t be read: ${String(error)}` })
      return [unreadable]
    }
  }

  #readAhead(limit: number): LogRow[] {
    const rows: LogRow[] = []
    let characters = 0
    for (const row of this.#statements.rows.iterate(this.#upTo, limit)) {
      rows.push(row)
      characters += (row.payload?.length ?? 0) + (row.envelope?.length ?? 0)
      if (characters >= charactersPerRead) break
    }
    return rows
  }

  #take(row: LogRow | Unread): void {
    const treatment = this.#troublesome.get(row.id)
    if (treatment === 'skipped' || !('accepted' in row)) return
    if (treatment === 'passed') this.#pass(row)
    else this.#analyse(row)
  }

  /** An event of which analysis makes nothing: rejected, or not readable. It shows with those whom it names. */
  #pass(row: LogRow): void {
    this.#statements.analysed.run({
      id: row.id,
      receivedAt: row.received_at,
      type: row.type,
      name: null,
      person: this.#people.knownBy(row.user_id, row.anonymous_id),
      account: row.account_id,
      source: row.source,
      messageId: row.message_id,
      accepted: row.accepted,
      problems: 0,
      worst: row.accepted === 1 ? 0 : severityRank.error,
    })
    this.#search.add(row.id, rejectedText(row))
  }

  /** What was gathered in memory but not committed. */
  #forget(): void {
    this.#people.forget()
    this.#catalog.forget()
    this.#problems.forget()
    this.#names = new NameIndex()
    for (const { name, events } of this.#statements.names.iterate()) this.#names.add(name, events)
  }

  #analyse(row: LogRow): void {
    const sent: unknown = row.accepted === 0 || row.payload === null ? null : JSON.parse(row.payload)
    if (row.type === null || !isJsonObject(sent)) {
      this.#pass(row)
      return
    }
    const payload = segmentCall(sent, row.type)
    const call = callOf(row, row.type, payload)
    const person = this.#people.personOf(call)
    const account = this.#accounts.accountOf(call)
    const { problems, faults } = this.#linter.lint(
      {
        id: call.id,
        type: call.type,
        event: call.event,
        name: call.name,
        userId: call.userId,
        anonymousId: call.anonymousId,
        accountId: call.accountId,
        messageId: call.messageId,
        source: call.source,
        properties: call.properties,
        traits: call.traits,
        context: call.context,
        payload,
      },
      this.#facts(call, person, row.payload ?? ''),
    )
    for (const fault of faults) this.#onFault(fault)
    const worst = worstOf(problems)
    this.#problems.add(call, problems)
    this.#statements.analysed.run({
      id: call.id,
      receivedAt: call.receivedAt,
      type: call.type,
      name: call.event ?? call.name,
      person,
      account: call.accountId,
      source: row.source,
      messageId: call.messageId,
      accepted: 1,
      problems: problems.length,
      worst,
    })
    if (person !== null) this.#people.count(person, call.receivedAt, problems.length)
    if (account !== null) this.#accounts.count(call, account, person, problems.length)
    this.#accounts.countSource(call.source, call.libraryName, account !== null)
    if (call.event !== null && call.event !== '') {
      this.#names.add(call.event)
      this.#catalog.count(call, call.event, problems.length, worst, nameSuggestion(problems))
    }
    this.#search.add(call.id, callText(call, payload, row.source))
  }

  #facts(call: AnalysedCall, person: number | null, text: string): Facts {
    const accounts = this.#accounts
    const names = this.#names
    const duplicate =
      call.messageId === null ? undefined : this.#statements.duplicate.get(call.messageId, call.id)
    return {
      english,
      // Looked up only by the rule that asks: most events are settled without it.
      get lookAlike() {
        return call.event === null ? null : names.lookAlike(call.event)
      },
      duplicateOf:
        duplicate === undefined
          ? null
          : { eventId: duplicate.id, receivedAt: new Date(duplicate.received_at).toISOString() },
      isTextDamaged: text.includes(replacementCharacter),
      get accountOfUser() {
        return person === null ? null : accounts.latestOf(person)
      },
      get sourceSendsAccounts() {
        return accounts.sourceSendsAccounts(call.source)
      },
    }
  }
}

function nameSuggestion(problems: readonly Problem[]): string | null {
  return (
    problems.find((problem) => problem.path === 'event' && problem.suggestion !== null)?.suggestion ?? null
  )
}

/** The words of an event of which no call could be made. */
function rejectedText(row: LogRow): string {
  return searchedText({
    type: row.type,
    event: null,
    name: null,
    userId: row.user_id,
    anonymousId: row.anonymous_id,
    previousId: row.previous_id,
    accountId: row.account_id,
    messageId: row.message_id,
    source: row.source,
    originalTimestamp: isoTimeOrNull(row.original_timestamp),
    sentAt: isoTimeOrNull(row.sent_at),
    properties: null,
    traits: null,
    context: null,
    integrations: null,
    rejection: { code: row.rejection_code ?? '', message: row.rejection_message ?? '' },
    payload: row.payload,
    rawBody: row.raw_body === null ? null : Buffer.from(row.raw_body).toString('utf8'),
  })
}

function callOf(row: LogRow, type: CallType, payload: JsonObject): AnalysedCall {
  const batch: unknown = row.envelope === null ? {} : JSON.parse(row.envelope)
  const normalised = normalise(payload, {
    batch: isJsonObject(batch) ? batch : {},
    receivedAt: row.received_at,
    anonymousIdHeader: row.anonymous_id ?? undefined,
    pathType: type,
  })
  return { ...normalised, id: row.id, type, receivedAt: row.received_at, source: row.source ?? '', payload }
}

function prepare(database: Database.Database) {
  return {
    rows: database.prepare<[number, number], LogRow>(
      `SELECT event.id, event.received_at, event.type, event.source, event.accepted, event.rejection_code,
         event.rejection_message, event.user_id, event.anonymous_id, event.previous_id, event.account_id,
         event.message_id, event.original_timestamp, event.sent_at, event.payload, request.envelope, request.raw_body
       FROM event JOIN request ON request.id = event.request_id
       WHERE event.id > ? ORDER BY event.id LIMIT ?`,
    ),
    ids: database.prepare<[number, number], { id: number }>(
      'SELECT id FROM event WHERE id > ? ORDER BY id LIMIT ?',
    ),
    analysed: database.prepare(
      `INSERT INTO analysed_event (event_id, received_at, type, name, person_id, account_id, source, message_id,
         accepted, problems, worst)
       VALUES (:id, :receivedAt, :type, :name, :person, :account, :source, :messageId, :accepted, :problems, :worst)`,
    ),
    // The + keeps SQLite from looking at the value to see whether the partial index fits: for that, it would compile
    // the statement anew each time, which takes ten times as long as the search.
    duplicate: database.prepare<[string, number], { id: number; received_at: number }>(
      `SELECT event.id, event.received_at FROM analysed_event
       JOIN event ON event.id = analysed_event.event_id
       JOIN request ON request.id = event.request_id
       WHERE analysed_event.message_id = +? AND analysed_event.event_id < ?
         AND (request.fault IS NULL OR request.answer_status = 200) ORDER BY analysed_event.event_id LIMIT 1`,
    ),
    names: database.prepare<[], { name: string; events: number }>('SELECT name, events FROM catalog_name'),
    readMeta: database.prepare<[string], { value: string }>('SELECT value FROM meta WHERE key = ?'),
    writeMeta: database.prepare(
      'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
    ),
  }
}
