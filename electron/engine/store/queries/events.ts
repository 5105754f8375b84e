import type Database from 'better-sqlite3'
import { TracksideError } from '../../../../shared/contract/errors.ts'
import type { EventPage, Histogram } from '../../../../shared/contract/schemas.ts'
import type { EventDetail } from '../../../../shared/event.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { EventRows, isoTime } from './event-rows.ts'
import { replaysOfEvents } from './replays.ts'
import { RequestRows } from './request-rows.ts'
import { StatusQueries } from './status.ts'
import { idWindows, wholeLog } from './id-windows.ts'
import type { IdWindow, InPortions } from './id-windows.ts'
import { inScope, inWindow, selectionOf } from './where.ts'
import type { Scope, Selection } from './where.ts'

export interface EventListInput {
  query: string
  order: 'asc' | 'desc'
  limit: number
  cursor?: string | undefined
  total?: boolean
  /** Only events behind this id. */
  after?: number | undefined
  /** Only events up to this id. */
  upTo?: number | undefined
  scope?: Scope
  /** Epoch milliseconds, for `since:5m`. */
  now: number
}

/**
 * Bytes of payloads, and of what their batches say, that a page of events holds, its first event aside: a call may have
 * five megabytes, and to read five hundred of those would take minutes of the main thread and all of the memory.
 */
const pageBytes = 4 * 1024 * 1024

export class EventQueries {
  readonly #database: Database.Database
  readonly #rows: EventRows
  readonly #requests: RequestRows
  readonly #replaysOf: ReturnType<typeof replaysOfEvents>
  readonly #status: StatusQueries
  readonly #payload: Database.Statement<[number], { payload: string | null }>
  readonly #sizes: Database.Statement<[string], { id: number; bytes: number }>
  readonly #bounds: Database.Statement<[], { first: number | null; last: number | null }>

  constructor(database: Database.Database) {
    this.#database = database
    this.#rows = new EventRows(database)
    this.#requests = new RequestRows(database)
    this.#replaysOf = replaysOfEvents(database)
    this.#status = new StatusQueries(database)
    this.#payload = database.prepare('SELECT payload FROM event WHERE id = ?')
    // The two halves are looked up at the ends of the index; min and max in one go would read all of it.
    this.#bounds = database.prepare(
      'SELECT (SELECT min(event_id) FROM analysed_event) AS first, (SELECT max(event_id) FROM analysed_event) AS last',
    )
    this.#sizes = database.prepare(
      `SELECT event.id, coalesce(octet_length(event.payload), 0) + coalesce(octet_length(request.envelope), 0) AS bytes
       FROM json_each(?) AS wanted
       JOIN event ON event.id = wanted.value
       JOIN request ON request.id = event.request_id`,
    )
  }

  /** A page of events by id; fewer than its limit where they are large. */
  *list(input: EventListInput): InPortions<EventPage> {
    const search = this.#search(input)
    const { ids, upTo, nextCursor } = yield* this.#ids(input, search, (found) => this.#together(found))
    const page: EventPage = { events: this.#rows.read(ids), nextCursor, upTo }
    if (input.total === true) page.total = yield* this.#count(search)
    return page
  }

  /** Ids in the order of the log: what a replay goes through. */
  ids(input: EventListInput): InPortions<{ ids: number[]; nextCursor: string | null; upTo: number }> {
    return this.#ids(input, this.#search(input))
  }

  get(id: number): EventDetail {
    return this.#database.transaction(() => {
      const [event] = this.#rows.read([id])
      if (event === undefined) throw new TracksideError('NOT_FOUND', { what: 'event', id })
      const { request, rawBody } = this.#requests.read(event.requestId)
      return {
        ...event,
        payload: this.#payload.get(id)?.payload ?? null,
        rawBody: rawBody === null ? null : Buffer.from(rawBody).toString('utf8'),
        rawBytes: rawBody === null || isText(rawBody) ? null : Buffer.from(rawBody).toString('base64'),
        request,
        attempts: this.#requests.attempts(id, event.messageId),
        replays: this.#replaysOf(id),
      }
    })()
  }

  *histogram(input: {
    query: string
    from?: string | undefined
    to?: string | undefined
    buckets: number
    now: number
  }): InPortions<Histogram> {
    const selection = this.#selection({ query: input.query, now: input.now })
    const from =
      input.from === undefined
        ? ((yield* this.#firstReceivedAt(selection)) ?? input.now - 60_000)
        : Date.parse(input.from)
    const to = Math.max(input.to === undefined ? input.now : Date.parse(input.to), from + 1)
    const bucketMs = Math.max(1, Math.ceil((to - from + 1) / input.buckets))
    const buckets: Histogram['buckets'] = Array.from(
      { length: Math.ceil((to - from + 1) / bucketMs) },
      (_, i) => ({
        start: isoTime(from + i * bucketMs),
        events: 0,
        types: {},
        errors: 0,
        warnings: 0,
      }),
    )
    const isEverything = input.query.trim() === ''
    // Numbers are bound as floats, so a division has to be cut. All events are counted from an index that is in the
    // order of time, the rest in that of ids.
    const counts = this.#database.prepare<
      unknown[],
      { bucket: number; type: string | null; worst: number; events: number }
    >(
      `SELECT CAST((a.received_at - ?) / ? AS INTEGER) AS bucket, a.type, a.worst, count(*) AS events
       FROM ${selection.from} WHERE ${selection.where} AND a.received_at BETWEEN ? AND ?
         ${isEverything ? '' : `AND ${inWindow('a.event_id')}`} GROUP BY 1, 2, 3`,
    )
    for (const window of isEverything ? [wholeLog] : this.#windows(wholeLog, false)) {
      for (const row of counts.all(from, bucketMs, ...selection.params, from, to, window)) {
        const bucket = buckets[row.bucket]
        if (bucket === undefined) continue
        bucket.events += row.events
        const key = row.type ?? 'rejected'
        bucket.types[key] = (bucket.types[key] ?? 0) + row.events
        if (row.worst === 3) bucket.errors += row.events
        if (row.worst === 2) bucket.warnings += row.events
      }
      yield
    }
    return { from: isoTime(from), to: isoTime(to), bucketMs, buckets }
  }

  /** Times of arrival grow with the ids, so that of the first event is the first, or within a step of the clock. */
  *#firstReceivedAt({ from, where, params }: Selection): InPortions<number | null> {
    const first = this.#database.prepare<unknown[], { first: number | null }>(
      `SELECT min(a.received_at) AS first FROM ${from} WHERE ${where} AND ${inWindow('a.event_id')}`,
    )
    for (const window of this.#windows(wholeLog, false)) {
      const found = first.get(...params, window)?.first ?? null
      if (found !== null) return found
      yield
    }
    return null
  }

  /** The part of these ids that analysis knows. */
  #windows({ above, upTo }: IdWindow, isDescending: boolean): Iterable<IdWindow> {
    const bounds = this.#bounds.get()
    const known = {
      above: Math.max(above, (bounds?.first ?? 1) - 1),
      upTo: Math.min(upTo, bounds?.last ?? 0),
    }
    return idWindows(known, isDescending)
  }

  #selection({ query, now, scope = null }: Pick<EventListInput, 'query' | 'now' | 'scope'>): Selection {
    const selection = selectionOf(query, now) ?? {
      from: 'analysed_event AS a',
      where: '1',
      params: [],
    }
    if (scope === null) return selection
    const scoped = inScope(scope)
    return {
      from: selection.from,
      where: `${scoped.where} AND ${selection.where}`,
      params: [...scoped.params, ...selection.params],
    }
  }

  /** The first of these that go into one page. */
  #together(ids: readonly number[]): number[] {
    const sizes = new Map(this.#sizes.all(JSON.stringify(ids)).map(({ id, bytes }) => [id, bytes]))
    let sum = 0
    const end = ids.findIndex((id, index) => {
      sum += sizes.get(id) ?? 0
      return index > 0 && sum > pageBytes
    })
    return end === -1 ? [...ids] : ids.slice(0, end)
  }

  #search(input: EventListInput): Search {
    const isEverything = input.query.trim() === '' && (input.scope ?? null) === null
    // All events are shown the moment they are in the log; anything narrower waits for analysis, a few ms behind.
    return isEverything
      ? {
          selection: { from: 'event AS a', where: '1', params: [] },
          column: 'a.id',
          known: this.#status.lastEventId(),
          isEverything,
        }
      : {
          selection: this.#selection(input),
          column: 'a.event_id',
          known: this.#status.analysedUpTo(),
          isEverything,
        }
  }

  *#ids(
    input: EventListInput,
    { selection, column, known, isEverything }: Search,
    portionOf = (ids: number[]): number[] => ids,
  ): InPortions<{ ids: number[]; nextCursor: string | null; upTo: number }> {
    const upTo = Math.min(known, input.upTo ?? Infinity)
    const [cursor] = input.cursor ? decodeCursor(input.cursor, ['number']) : [null]
    const isDescending = input.order === 'desc'
    const lowest = Math.max(input.after ?? 0, isDescending ? 0 : Number(cursor ?? 0))
    const highest = isDescending && cursor !== null ? Math.min(upTo, Number(cursor) - 1) : upTo
    const statement = this.#database.prepare<unknown[], { id: number }>(
      `SELECT ${column} AS id FROM ${selection.from} WHERE ${selection.where} AND ${inWindow(column)}
       ORDER BY ${column} ${isDescending ? 'DESC' : 'ASC'} LIMIT ?`,
    )
    const stretch = { above: lowest, upTo: highest }
    const found: number[] = []
    for (const window of isEverything ? [stretch] : this.#windows(stretch, isDescending)) {
      const wanted = input.limit + 1 - found.length
      for (const { id } of statement.all(...selection.params, wanted, window)) found.push(id)
      if (found.length > input.limit) break
      yield
    }
    const ids = portionOf(found.slice(0, input.limit))
    const last = ids.at(-1)
    const nextCursor = found.length > ids.length && last !== undefined ? encodeCursor([last]) : null
    // A page that is not the last one has looked only up to its own last event.
    const lookedUpTo = !isDescending && nextCursor !== null && last !== undefined ? last : upTo
    return { ids, nextCursor, upTo: lookedUpTo }
  }

  *#count({ selection: { from, where, params }, column, isEverything }: Search): InPortions<number> {
    const count = this.#database.prepare<unknown[], { events: number }>(
      `SELECT count(*) AS events FROM ${from} WHERE ${where} AND ${inWindow(column)}`,
    )
    let events = 0
    for (const window of isEverything ? [wholeLog] : this.#windows(wholeLog, false)) {
      events += count.get(...params, window)?.events ?? 0
      yield
    }
    return events
  }
}

/** Where a list is looked for: all events in the log itself, which analysis is behind. */
interface Search {
  selection: Selection
  /** The event's id. */
  column: string
  /** Up to this id there is something to find. */
  known: number
  isEverything: boolean
}

/** What a person can read: UTF-8 without the control characters that only a binary format has. */
function isText(bytes: Uint8Array): boolean {
  // A body is cut at a number of bytes, which may be inside of a character.
  const text = Buffer.from(bytes)
    .toString('utf8')
    .replace(/\uFFFD$/, '')
  return !/[\uFFFD\p{Cc}]/u.test(text.replace(/[\t\n\r]/g, ''))
}
