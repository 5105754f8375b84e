import type { LintConfig } from '../../../shared/lint/index.ts'
import { rules } from '../../../shared/lint/index.ts'
import { printable } from '../output.ts'
import { fails } from './report.ts'
import type { CheckReport, CheckedProblem, FailureLevel } from './report.ts'
import { counted, expectedText, nameOf, placeText, summaryText, titleOf } from './words.ts'

interface TestCase {
  className: string
  name: string
  file?: { path: string; line: number }
  /** What fails it; null where it passes. */
  failure: { type: string; message: string; text: string } | null
  output: string | null
}

/**
 * JUnit's XML, which every CI system can show: a test case for each rule at each name where it has found something, and
 * one for each rule that has found nothing. What is not bad enough to fail the check passes, with what was found.
 */
export function junitText(
  report: CheckReport,
  { failOn, config }: { failOn: FailureLevel; config: LintConfig },
): string {
  const found = new Set(report.problems.map(({ rule }) => rule))
  const silent = rules.filter(({ id }) => !found.has(id) && config.rules[id] !== 'off')
  const cases = [
    ...report.problems.map((problem) => problemCase(problem, failOn)),
    ...(report.expected ?? []).map((name) => expectedCase(name, failOn)),
    ...silent.map(({ id }): TestCase => ({
      className: id,
      name: 'nothing found',
      failure: null,
      output: null,
    })),
  ]
  const failures = cases.filter(({ failure }) => failure !== null).length
  const counts = { tests: cases.length, failures, errors: 0, skipped: 0 }
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: 'trackside check', ...counts })}>`,
    `  <testsuite${attributes({ name: 'trackside check', ...counts, time: 0 })}>`,
    ...cases.map(caseText),
    `    <system-out>${xmlText(summaryText(report))}</system-out>`,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n')
}

function problemCase(problem: CheckedProblem, failOn: FailureLevel): TestCase {
  const { rule, severity, events, first, message, reason, suggestion } = problem
  const text = [
    printable(message),
    printable(reason),
    ...(suggestion === null ? [] : [`Write instead: ${printable(suggestion)}`]),
    `${counted(events, 'event')}, first ${placeText(first)}`,
  ].join('\n')
  const hasFailed = fails(severity, failOn)
  return {
    className: rule,
    name: nameOf(problem),
    ...('file' in first ? { file: { path: first.file, line: first.line } } : {}),
    failure: hasFailed ? { type: severity, message: `${titleOf(rule)}: ${printable(message)}`, text } : null,
    output: hasFailed ? null : `${severity}: ${text}`,
  }
}

function expectedCase(name: string, failOn: FailureLevel): TestCase {
  const message = expectedText(name)
  return {
    className: 'plan/expected',
    name: printable(name),
    failure: failOn === 'never' ? null : { type: 'error', message, text: message },
    output: failOn === 'never' ? message : null,
  }
}

function caseText({ className, name, file, failure, output }: TestCase): string {
  const place = file === undefined ? {} : { file: file.path, line: file.line }
  const head = `    <testcase${attributes({ classname: className, name, ...place, time: 0 })}`
  const inner = [
    ...(failure === null
      ? []
      : [
          `      <failure${attributes({ type: failure.type, message: failure.message })}>${xmlText(failure.text)}</failure>`,
        ]),
    ...(output === null ? [] : [`      <system-out>${xmlText(output)}</system-out>`]),
  ]
  return inner.length === 0 ? `${head}/>` : [`${head}>`, ...inner, '    </testcase>'].join('\n')
}

function attributes(values: Record<string, string | number>): string {
  return Object.entries(values)
    .map(([key, value]) => ` ${key}="${xmlText(String(value)).replace(/[\t\n\r]/g, ' ')}"`)
    .join('')
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** Text that XML 1.0 can hold: what it has no way to write, a control character or half of a pair, is shown as \uXXXX. */
function xmlText(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, (character) => {
      return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`
    })
    .replace(/[&<>"']/g, (character) => entities[character] ?? character)
}
