import { countsOf, holds, scoreOf } from './report.ts'
import type { CheckReport, FailureLevel } from './report.ts'

/**
 * For programs: one object. What is in it stays; more may come.
 *
 * - `ok`: whether the exit status is 0, and `failOn`, from which severity on it is not
 * - `query`; `events` and `trackCalls`, how many match it; `clean`, how many of the track calls have neither an error
 *   nor a warning; `score`, these in percent, null without track calls
 * - `counts`: how many problems there are of each severity
 * - `problems`: each with `rule`, `severity`, `type`, `name`, `events` (how many have it), `first` (the first of them:
 *   `{file, line}` or `{eventId}`), `path`, `message`, `reason`, `suggestion`
 * - `expected`: planned names that have not come; null without --expect-all
 */
export function jsonText(report: CheckReport, { failOn }: { failOn: FailureLevel }): string {
  const { query, events, trackCalls, clean, problems, expected } = report
  return `${JSON.stringify(
    {
      ok: holds(report, failOn),
      failOn,
      query,
      events,
      trackCalls,
      clean,
      score: scoreOf(report),
      counts: countsOf(report),
      problems,
      expected,
    },
    null,
    2,
  )}\n`
}
