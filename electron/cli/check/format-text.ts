import type { Severity } from '../../../shared/event.ts'
import { printable } from '../output.ts'
import type { CheckReport, CheckedProblem } from './report.ts'
import { counted, expectedText, nameOf, placeText, summaryText, titleOf } from './words.ts'

export type Colour = 'red' | 'yellow' | 'cyan' | 'green' | 'bold' | 'dim'
export type Paint = (colour: Colour, text: string) => string

const colours: Record<Severity, Colour> = { error: 'red', warning: 'yellow', info: 'cyan' }

/** For people: by rule, then by name; what is wrong, why, and what to write instead. */
export function plainText(report: CheckReport, { paint }: { paint: Paint }): string {
  const byRule = Map.groupBy(report.problems, ({ rule }) => rule)
  const blocks = [...byRule].map(([rule, problems]) => ruleBlock(rule, problems, paint))
  const expected = (report.expected ?? []).map((name) => paint('red', expectedText(name)))
  if (expected.length > 0) blocks.push(`${expected.join('\n')}\n`)
  return `${blocks.map((block) => `${block}\n`).join('')}${paint('bold', summaryText(report))}\n`
}

function ruleBlock(rule: string, problems: readonly CheckedProblem[], paint: Paint): string {
  const [worst] = problems
  const severity = worst?.severity ?? 'info'
  const head = `${paint(colours[severity], severity)}  ${paint('bold', titleOf(rule))}  ${paint('dim', rule)}`
  const reasons = [...new Set(problems.map(({ reason }) => reason))]
  const shared = reasons.length === 1 && reasons[0] !== '' ? [`  ${printable(reasons[0] ?? '')}`] : []
  return [
    head,
    ...shared,
    ...problems.flatMap((one) => problemLines(one, shared.length === 0, paint)),
    '',
  ].join('\n')
}

function problemLines(problem: CheckedProblem, hasOwnReason: boolean, paint: Paint): string[] {
  const { events, first, message, reason, suggestion, path } = problem
  const where = events === 1 ? placeText(first) : `${counted(events, 'event')}, first ${placeText(first)}`
  return [
    `    ${paint('bold', nameOf(problem))}  ${paint('dim', where)}`,
    `      ${path === '' || path === 'event' ? '' : `${printable(path)}: `}${printable(message)}`,
    ...(hasOwnReason && reason !== '' ? [`      ${printable(reason)}`] : []),
    ...(suggestion === null ? [] : [`      Write instead: ${paint('green', printable(suggestion))}`]),
  ]
}
