import { TracksideError } from '../../../shared/contract/errors.ts'
import type { Clock } from './clock.ts'
import type { PlanTerms, PlannedEvent } from './replay-reads.ts'
import type { ReplayReader } from './replay-store.ts'

/** Ids are fetched many at a time, because each page runs the query anew. */
const idsPage = 20_000
/** Events are judged few at a time, so that other readers get their turn. */
const eventsPage = 500
const pollMs = 50
/** How long a plan waits for analysis, which finds what a query asks for, in milliseconds. */
const arrivalWaitMs = 5_000
const rebuildWaitMs = 60_000

export type SelectionReader = Pick<ReplayReader, 'eventIds' | 'plannedEvents' | 'replayHorizon'>

const never = new AbortController().signal

/** The last event that a plan made now can know: all that have arrived, once analysis has caught up with them. */
export async function selectionEnd(reader: SelectionReader, clock: Clock): Promise<number> {
  const deadline = clock.now() + arrivalWaitMs
  const first = await reader.replayHorizon(null)
  for (let { analysedUpTo } = first; ; { analysedUpTo } = await reader.replayHorizon(null)) {
    if (analysedUpTo >= first.lastEventId) return first.lastEventId
    if (clock.now() >= deadline) return analysedUpTo
    await clock.sleep(pollMs, never)
  }
}

/** The events that a query finds up to `upTo`, judged, page by page in the order of the log. Raises QUERY_SYNTAX. */
export async function* plannedPages(
  reader: SelectionReader,
  clock: Clock,
  { query, upTo, ...terms }: PlanTerms & { query: string; upTo: number },
): AsyncGenerator<PlannedEvent[], void, undefined> {
  let after = 0
  let waitedSince: number | null = null
  for (;;) {
    const page = await reader.eventIds({
      query,
      order: 'asc',
      limit: idsPage,
      after,
      upTo,
      now: terms.startedAt,
    })
    for (let start = 0; start < page.ids.length; start += eventsPage) {
      yield await reader.plannedEvents({ ...terms, ids: page.ids.slice(start, start + eventsPage) })
    }
    after = page.ids.at(-1) ?? after
    if (page.nextCursor !== null) continue
    if (page.upTo >= upTo) return
    // Analysis has begun anew in the meantime: what it has not reached yet would be missing.
    waitedSince ??= clock.now()
    if (clock.now() - waitedSince > rebuildWaitMs) {
      const detail = `analysis has reached event ${page.upTo} of ${upTo} only; plan again when it is further`
      throw new TracksideError('INTERNAL', { detail })
    }
    await clock.sleep(pollMs, never)
  }
}
