import type { TracksideEvent } from '../../../shared/event.ts'

/** Rows that the tail may grow to; then the far end is cut down, and comes back on scrolling. */
const mostRows = 3_000
const rowsKept = 2_000

/** Newest first. `cut` says that older rows were dropped. */
export interface LiveRows {
  events: TracksideEvent[]
  cut: boolean
}

/** Puts what has just arrived, oldest first as it came, on top. */
export function prepend(rows: readonly TracksideEvent[], arrived: readonly TracksideEvent[]): LiveRows {
  const events = [...arrived.toReversed(), ...rows]
  return events.length > mostRows ? { events: events.slice(0, rowsKept), cut: true } : { events, cut: false }
}

/** The stretch of rows that were read before analysis had reached them, and has by now; null when there is none. */
export function judgedMeanwhile(
  rows: readonly TracksideEvent[],
  analysedUpTo: number,
): { after: number; upTo: number } | null {
  const newest = rows.find(({ id, analysed }) => !analysed && id <= analysedUpTo)
  const oldest = rows.findLast(({ analysed }) => !analysed)
  if (newest === undefined || oldest === undefined || oldest.id > newest.id) return null
  return { after: oldest.id - 1, upTo: newest.id }
}

/** Puts what was read anew in the place of the rows from `after` up to `upTo`; what is gone goes. */
export function replace(
  rows: readonly TracksideEvent[],
  { after, upTo }: { after: number; upTo: number },
  read: readonly TracksideEvent[],
): TracksideEvent[] {
  const byId = new Map(read.map((event) => [event.id, event]))
  return rows.flatMap((row) => {
    if (row.id <= after || row.id > upTo) return row
    return byId.get(row.id) ?? []
  })
}
