import type { Severity } from '../../../shared/event.ts'
import { ruleById } from '../../../shared/lint/rules.ts'
import { printable } from '../output.ts'
import { countsOf, scoreOf } from './report.ts'
import type { CheckReport, CheckedProblem } from './report.ts'
import type { Place } from './verdicts.ts'

const numbers = new Intl.NumberFormat('en')

const severityWords: Record<Severity, [one: string, many: string]> = {
  error: ['error', 'errors'],
  warning: ['warning', 'warnings'],
  info: ['remark', 'remarks'],
}

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${numbers.format(count)} ${count === 1 ? one : many}`
}

/** What a rule is called, or the reason why calls could not be taken. */
export function titleOf(rule: string): string {
  return ruleById(rule)?.title ?? 'Call could not be taken'
}

export function nameOf({ name, type }: CheckedProblem): string {
  if (name !== null && name !== '') return printable(name)
  return type === null ? 'a call that could not be read' : `a ${type} call without a name`
}

export function placeText(place: Place): string {
  return 'file' in place ? `${printable(fileText(place.file))}:${place.line}` : `event ${place.eventId}`
}

export function fileText(file: string): string {
  return file === '-' ? 'stdin' : file
}

export function expectedText(name: string): string {
  return `Planned, but no event of it has come: ${printable(name)}`
}

/** `214 events: 2 errors, 1 warning, 0 remarks. 75 % clean: 150 of 200 track calls.` */
export function summaryText(report: CheckReport): string {
  const counts = countsOf(report)
  const kinds = (['error', 'warning', 'info'] as const).map((severity) =>
    counted(counts[severity], ...severityWords[severity]),
  )
  const missing =
    report.expected === null ? [] : [`${numbers.format(report.expected.length)} expected but not seen`]
  const score = scoreOf(report)
  const clean =
    score === null
      ? ''
      : ` ${score} % clean: ${numbers.format(report.clean)} of ${counted(report.trackCalls, 'track call')}.`
  return `${counted(report.events, 'event')}: ${[...kinds, ...missing].join(', ')}.${clean}`
}
