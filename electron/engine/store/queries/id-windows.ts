/** Work that may take long: after each `yield` others have their turn, and the database may have moved on. */
export type InPortions<T> = Generator<undefined, T, undefined>

/** Event ids above the one and up to the other; named parameters of a selection's SQL. */
export interface IdWindow {
  above: number
  upTo: number
}

/** Where a query looks that does not go by windows. */
export const wholeLog: IdWindow = { above: 0, upTo: Number.MAX_SAFE_INTEGER }

const firstIds = 250
/** How long a window takes, about, in milliseconds. Whoever else asks the reader waits for so long. */
const windowMs = 20
const growth = 4

/**
 * Cuts a stretch of the log into windows, from its end where `isDescending`. A query that looked through a million events
 * in one go would hold up all others, and its snapshot would keep the write-ahead log from beginning anew. A window takes
 * `windowMs`, about; where a good part of its time is the same for few ids as for many (a word is looked up anew for each
 * window), it is as large as that part, so that the whole takes twice the time at most. `now` is a clock in milliseconds.
 */
export function* idWindows(
  { above, upTo }: IdWindow,
  isDescending: boolean,
  now = (): number => performance.now(),
): Generator<IdWindow, void, undefined> {
  let ids = firstIds
  let last: { ids: number; ms: number; fixed: number } | null = null
  let [low, high] = [above, upTo]
  while (low < high) {
    const window = isDescending
      ? { above: Math.max(low, high - ids), upTo: high }
      : { above: low, upTo: Math.min(high, low + ids) }
    const begin = now()
    yield window
    const ms = now() - begin
    if (isDescending) high = window.above
    else low = window.upTo
    // Two windows of different sizes tell what an id takes, and what a window does.
    let each = 0
    if (last !== null) each = ids === last.ids ? (ms - last.fixed) / ids : (ms - last.ms) / (ids - last.ids)
    const fixed = Math.max(0, ms - each * ids)
    const fitting = each > 0 ? Math.max(windowMs, fixed) / each : Infinity
    last = { ids, ms, fixed }
    ids = Math.max(1, Math.round(Math.min(fitting, ids * growth)))
  }
}

/** Answers are data otherwise, which has no methods. */
export function isInPortions(value: unknown): value is InPortions<unknown> {
  return typeof value === 'object' && value !== null && 'next' in value && typeof value.next === 'function'
}

/** Does all of it at once. */
export function atOnce<T>(work: InPortions<T>): T {
  for (;;) {
    const step = work.next()
    if (step.done === true) return step.value
  }
}
