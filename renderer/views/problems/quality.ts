/** Events by the worst that was found in each. */
export interface Verdicts {
  events: number
  /** With a warning, and nothing worse. */
  warnings: number
  /** With an error, or rejected. */
  errors: number
}

export interface Quality extends Verdicts {
  /** 0 to 100; null where there are no events. */
  score: number | null
  /** The score in each part of the time; null where nothing came. */
  line: (number | null)[]
  /** By how much the later half of the time is better than the earlier; null where one of them has no events. */
  change: number | null
}

/**
 * How good events are, from 0 to 100: one with neither error nor warning counts 1, one with a warning ½, one with an
 * error or a rejected one 0, and the score is their average. An error means that nobody can use the event as it is: its
 * name says nothing, or it belongs to nobody. One with a warning can be used, but somebody has to mend it first, so it is
 * worth less than a good one and more than none: half, for want of a reason to say otherwise. Remarks do not count, because
 * rules are not sure of them, and neither does how many problems an event has: a call with three warnings is as much in
 * need of a look as a call with one. Rounded down, so that 100 means all of them.
 */
export function scoreOf({ events, warnings, errors }: Verdicts): number | null {
  return events === 0 ? null : Math.floor((100 * (events - errors - warnings / 2)) / events)
}

export function qualityOf(buckets: readonly Verdicts[]): Quality {
  const all = sumOf(buckets)
  const middle = Math.ceil(buckets.length / 2)
  const earlier = scoreOf(sumOf(buckets.slice(0, middle)))
  const later = scoreOf(sumOf(buckets.slice(middle)))
  return {
    ...all,
    score: scoreOf(all),
    line: buckets.map(scoreOf),
    change: earlier === null || later === null ? null : later - earlier,
  }
}

function sumOf(buckets: readonly Verdicts[]): Verdicts {
  const sum = { events: 0, warnings: 0, errors: 0 }
  for (const { events, warnings, errors } of buckets) {
    sum.events += events
    sum.warnings += warnings
    sum.errors += errors
  }
  return sum
}
