import type { Severity } from '../../../shared/event.ts'
import { severities } from '../../../shared/event.ts'
import type { EventDetail } from '../../../shared/event.ts'
import { TracksideError } from '../../../shared/contract/errors.ts'
import type { ProblemGroup } from '../../../shared/contract/problems.ts'
import { walk } from './verdicts.ts'
import type { Place, Verdicts } from './verdicts.ts'

/** A problem at a name: what a rule has found in all events of that name, or a call that could not be taken. */
export interface CheckedProblem {
  /** The id of the rule; of a call that could not be taken, the code of the reason. */
  rule: string
  severity: Severity
  type: string | null
  /** Of the calls; null for calls without one. */
  name: string | null
  events: number
  /** The first of them. */
  first: Place
  /** Where in the call; empty for all of it. */
  path: string
  /** What is wrong, of the first one. */
  message: string
  /** Why it matters. */
  reason: string
  /** What to write instead, ready to be pasted. */
  suggestion: string | null
}

export interface CheckReport {
  query: string
  events: number
  trackCalls: number
  /** Track calls that were taken and have neither an error nor a warning. */
  clean: number
  /** By severity, then by how many events. */
  problems: CheckedProblem[]
  /** Planned names of which no event has come; null where nobody asked. */
  expected: string[] | null
}

/** From when on a problem fails the check. */
export const failureLevels = [...severities, 'never'] as const
export type FailureLevel = (typeof failureLevels)[number]

/** Calls that could not be taken are told one by one up to so many reasons; then by the kind of reason. */
const reasonsLimit = 200

export interface ReportOptions {
  query: string
  /** Which calls that could not be taken count. */
  rejected: string
  expectAll: boolean
}

/** Raises QUERY_SYNTAX, PLAN_MISSING. */
export async function reportOf(verdicts: Verdicts, options: ReportOptions): Promise<CheckReport> {
  const { query } = options
  const ofTrack = await figures(verdicts, narrowed(query, 'type:track'))
  const rejected = await rejectedCalls(verdicts, options.rejected)
  const found: CheckedProblem[] = []
  for await (const { problems } of walk((limit, cursor) => verdicts.problems(query, limit, cursor)))
    for (const group of problems) found.push(await checkedProblem(verdicts, group))
  return {
    query,
    events: (await figures(verdicts, query)).events,
    trackCalls: ofTrack.events,
    clean: ofTrack.events - ofTrack.troubled,
    problems: [...rejected, ...found].toSorted(
      (left, right) => severities.indexOf(left.severity) - severities.indexOf(right.severity),
    ),
    expected: options.expectAll ? await missingNames(verdicts, query) : null,
  }
}

export function narrowed(query: string, term: string): string {
  return query.trim() === '' ? term : `(${query}) ${term}`
}

/** Whether nothing is as bad as that. A planned name that is expected and has not come is an error. */
export function holds({ problems, expected }: CheckReport, failOn: FailureLevel): boolean {
  if (failOn !== 'never' && (expected ?? []).length > 0) return false
  return !problems.some(({ severity }) => fails(severity, failOn))
}

export function fails(severity: Severity, failOn: FailureLevel): boolean {
  return failOn !== 'never' && severities.indexOf(severity) <= severities.indexOf(failOn)
}

export function countsOf({ problems }: CheckReport): Record<Severity, number> {
  const of = (wanted: Severity): number => problems.filter(({ severity }) => severity === wanted).length
  return { error: of('error'), warning: of('warning'), info: of('info') }
}

/** How much of the track calls is clean, in percent, rounded down: not quite all is not 100. Null where there are none. */
export function scoreOf({ trackCalls, clean }: CheckReport): number | null {
  return trackCalls === 0 ? null : Math.floor((clean / trackCalls) * 100)
}

async function figures(verdicts: Verdicts, query: string): Promise<{ events: number; troubled: number }> {
  const { buckets } = await verdicts.histogram(query)
  return {
    events: buckets.reduce((sum, { events }) => sum + events, 0),
    troubled: buckets.reduce((sum, { errors, warnings }) => sum + errors + warnings, 0),
  }
}

async function checkedProblem(verdicts: Verdicts, group: ProblemGroup): Promise<CheckedProblem> {
  const first = await verdicts.event(group.firstEventId)
  const { path, message, reason, suggestion } =
    first.problems.find(({ rule }) => rule === group.rule) ?? group.example
  const { rule, severity, type, name, events } = group
  return {
    rule,
    severity,
    type,
    name,
    events,
    first: verdicts.placeOf(first),
    path,
    message,
    reason,
    suggestion,
  }
}

async function rejectedCalls(verdicts: Verdicts, query: string): Promise<CheckedProblem[]> {
  const found = new Map<string, CheckedProblem>()
  for await (const { events } of walk((limit, cursor) => verdicts.events(query, limit, cursor))) {
    for (const { id, rejection, type } of events) {
      if (rejection === null) continue
      const { code, message } = rejection
      const key = found.size < reasonsLimit ? `${code} ${message}` : code
      const known = found.get(key)
      if (known === undefined) found.set(key, rejectedCall(verdicts, await verdicts.event(id), code, message))
      else found.set(key, { ...known, events: known.events + 1, type: known.type === type ? type : null })
    }
  }
  return [...found.values()]
}

function rejectedCall(verdicts: Verdicts, event: EventDetail, code: string, message: string): CheckedProblem {
  return {
    rule: code,
    severity: 'error',
    type: event.type,
    name: event.event ?? event.name,
    events: 1,
    first: verdicts.placeOf(event),
    path: '',
    message,
    reason: 'A call that can’t be read is lost wherever it is sent.',
    suggestion: null,
  }
}

async function missingNames(verdicts: Verdicts, query: string): Promise<string[]> {
  const { planned } = await verdicts.coverage(query)
  if (planned.length === 0) throw new TracksideError('PLAN_MISSING')
  return planned.flatMap(({ name, events }) => (events === 0 ? [name] : []))
}
