import { timeBounds, timeTerms } from '../../../shared/query/index.ts'

/** What the bars stand on: `from` and `to` (epoch ms, `to` excluded) are whole steps. */
export interface TimeSpan {
  from: number
  to: number
  stepMs: number
  bars: number
}

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour
const steps = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * second),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 3, 6, 12].map((count) => count * hour),
  ...[1, 2, 7, 14, 30, 90, 365].map((count) => count * day),
]
const shortestMs = minute

/** The bounds that the query itself sets at `now`; null where it leaves an end open. */
export function boundsOf(query: string, now: number): { from: number | null; to: number | null } {
  let from: number | null = null
  let to: number | null = null
  for (const { key, time } of timeTerms(query)) {
    const bounds = timeBounds(key, time, now)
    if (bounds.from !== null) from = Math.max(from ?? bounds.from, bounds.from)
    if (bounds.to !== null) to = Math.min(to ?? bounds.to, bounds.to)
  }
  return { from, to }
}

/**
 * Cuts a stretch of time into at most `most` bars of a length that a clock shows. Their borders do not depend on the
 * moment, so bars keep their height while time goes on.
 */
export function spanOf(from: number, to: number, most: number): TimeSpan {
  const length = Math.max(shortestMs, to - from)
  const start = to - length
  // The last bar is begun, so one more may be needed than fits by length.
  const stepMs = steps.find((step) => length / step <= most - 1) ?? Math.ceil(length / (most - 1) / day) * day
  const eastMs = -new Date(to).getTimezoneOffset() * minute
  const first = Math.floor((start + eastMs) / stepMs) * stepMs - eastMs
  const last = Math.ceil((to + eastMs) / stepMs) * stepMs - eastMs
  return { from: first, to: last, stepMs, bars: Math.round((last - first) / stepMs) }
}
