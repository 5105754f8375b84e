import { isAbsolute, relative } from 'node:path'
import type { Severity } from '../../../shared/event.ts'
import { printable } from '../output.ts'
import type { CheckReport, CheckedProblem } from './report.ts'
import type { Place } from './verdicts.ts'
import { counted, expectedText, nameOf, placeText, summaryText, titleOf } from './words.ts'

const levels: Record<Severity, string> = { error: 'error', warning: 'warning', info: 'notice' }

/** Workflow commands of GitHub Actions: it shows each beside the line that it names. */
export function githubText(report: CheckReport): string {
  const commands = [
    ...report.problems.map(problemCommand),
    ...(report.expected ?? []).map((name) => command('error', { title: 'Not seen' }, expectedText(name))),
  ]
  return `${[...commands, summaryText(report)].join('\n')}\n`
}

function problemCommand(problem: CheckedProblem): string {
  const { rule, severity, events, first, message, reason, suggestion } = problem
  const lines = [
    `${nameOf(problem)}: ${printable(message)}`,
    printable(reason),
    ...(suggestion === null ? [] : [`Write instead: ${printable(suggestion)}`]),
    `${counted(events, 'event')}, first ${placeText(first)}`,
  ]
  const title = `${titleOf(rule)} (${rule})`
  return command(
    levels[severity],
    { ...fileOf(first), title },
    lines.filter((line) => line !== '').join('\n'),
  )
}

/** GitHub knows files by their path in the repository; what is piped in is in none. */
function fileOf(place: Place): Record<string, string> {
  if (!('file' in place) || place.file === '-') return {}
  const path = isAbsolute(place.file) ? relative(process.cwd(), place.file) : place.file
  return { file: path.replaceAll('\\', '/'), line: String(place.line) }
}

function command(level: string, properties: Record<string, string>, message: string): string {
  const list = Object.entries(properties).map(([key, value]) => `${key}=${propertyText(value)}`)
  return `::${level} ${list.join(',')}::${messageText(message)}`
}

/** What would end the message, and the sign that escapes it. */
function messageText(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function propertyText(text: string): string {
  return messageText(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
