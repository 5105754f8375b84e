import { DOMParser } from '@xmldom/xmldom'
import { describe, expect, it } from 'vitest'
import { formatted } from '../../../electron/cli/check/formats.ts'
import type { CheckFormat } from '../../../electron/cli/check/formats.ts'
import { holds } from '../../../electron/cli/check/report.ts'
import type { CheckReport, CheckedProblem, FailureLevel } from '../../../electron/cli/check/report.ts'
import { defaultLintConfig } from '../../../shared/lint/config.ts'
import { rules } from '../../../shared/lint/index.ts'

const hostile = 'a]]><b x="1" y=\'2\'>&amp;\u0000\u0007\u001b[31m\n::error::x\r%0A,:\ud800\ufffe\u202e🎉'

function problem(fields: Partial<CheckedProblem> = {}): CheckedProblem {
  return {
    rule: 'naming/casing',
    severity: 'warning',
    type: 'track',
    name: 'order_completed',
    events: 2,
    first: { file: 'calls.ndjson', line: 3 },
    path: 'event',
    message: 'It is in snake_case',
    reason: 'One style is easier to read.',
    suggestion: 'Order Completed',
    ...fields,
  }
}

function report(problems: CheckedProblem[], expected: string[] | null = null): CheckReport {
  return { query: '', events: 9, trackCalls: 7, clean: 5, problems, expected }
}

function print(of: CheckReport, format: CheckFormat, failOn: FailureLevel = 'error'): string {
  return formatted(of, format, { failOn, config: defaultLintConfig, paint: (_colour, text) => text })
}

function parsed(xml: string) {
  const complaints: string[] = []
  const complain = (message: string): void => void complaints.push(message)
  const document = new DOMParser({
    errorHandler: { warning: complain, error: complain, fatalError: complain },
  }).parseFromString(xml, 'text/xml')
  expect(complaints).toEqual([])
  return Array.from(document.getElementsByTagName('testcase'))
}

describe('junit', () => {
  it('is XML that says what it was given, whatever a name is made of', () => {
    const xml = print(report([problem({ name: hostile, message: hostile, severity: 'error' })]), 'junit')
    // What no XML 1.0 document may hold, not even escaped.
    expect(xml).not.toMatch(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u)
    const [first] = parsed(xml)
    const shown =
      'a]]><b x="1" y=\'2\'>&amp;\\u0000\\u0007\\u001b[31m\\u000a::error::x\\u000d%0A,:\\ud800\\ufffe\\u202e🎉'
    expect(first?.getAttribute('name')).toBe(shown)
    expect(first?.getAttribute('classname')).toBe('naming/casing')
    expect(first?.getElementsByTagName('failure')[0]?.textContent?.split('\n')[0]).toBe(shown)
  })

  it('fails what is as bad as was asked for, and counts it', () => {
    const problems = [problem({ rule: 'naming/missing', severity: 'error' }), problem()]
    const failing = (failOn: FailureLevel) => {
      const xml = print(report(problems), 'junit', failOn)
      const failed = parsed(xml).filter((one) => one.getElementsByTagName('failure').length > 0)
      expect(xml).toContain(`tests="${parsed(xml).length}" failures="${failed.length}"`)
      return failed.map((one) => one.getAttribute('classname'))
    }
    expect(failing('never')).toEqual([])
    expect(failing('error')).toEqual(['naming/missing'])
    expect(failing('warning')).toEqual(['naming/missing', 'naming/casing'])
  })

  it('has a passed test for each rule that found nothing, so that no report is empty', () => {
    const cases = parsed(print(report([problem()]), 'junit'))
    expect(cases).toHaveLength(rules.length)
    expect(parsed(print(report([]), 'junit'))).toHaveLength(rules.length)
  })
})

describe('github', () => {
  const lines = (of: CheckReport): string[] => print(of, 'github').trimEnd().split('\n')

  it('is one command a problem, beside the line that has it', () => {
    const [command, summary, ...rest] = lines(report([problem()]))
    expect(command).toBe(
      '::warning file=calls.ndjson,line=3,title=Name is not in the agreed style (naming/casing)::' +
        'order_completed: It is in snake_case%0AOne style is easier to read.%0AWrite instead: Order Completed%0A' +
        '2 events, first calls.ndjson:3',
    )
    expect(summary).toBe('9 events: 0 errors, 1 warning, 0 remarks. 71 % clean: 5 of 7 track calls.')
    expect(rest).toEqual([])
  })

  it('lets no call end a command or begin another one', () => {
    const found = lines(
      report(
        [
          problem({
            name: hostile,
            message: hostile,
            suggestion: hostile,
            first: { file: 'a,b:c%.ndjson', line: 1 },
          }),
        ],
        [hostile],
      ),
    )
    expect(found).toHaveLength(3)
    expect(found.filter((line) => line.startsWith('::'))).toHaveLength(2)
    expect(found[0]).toMatch(/^::warning file=a%2Cb%3Ac%25\.ndjson,line=1,title=[^:,]+::a\]\]>/)
    expect(found.join('')).not.toMatch(/[\u0000-\u001f]/)
    expect(found[0]).toContain('%250A,:')
  })

  it('names no file for what was piped in or is in a log', () => {
    expect(lines(report([problem({ first: { file: '-', line: 3 } })]))[0]).toMatch(
      /^::warning title=.*stdin:3$/,
    )
    expect(lines(report([problem({ first: { eventId: 12 } })]))[0]).toMatch(/^::warning title=.*event 12$/)
  })
})

describe('text', () => {
  it('says by rule and name what is wrong, why, and what to write instead', () => {
    expect(
      print(
        report([problem(), problem({ name: 'cart_viewed', suggestion: 'Cart Viewed', events: 1 })]),
        'text',
      ),
    ).toBe(
      `warning  Name is not in the agreed style  naming/casing
  One style is easier to read.
    order_completed  2 events, first calls.ndjson:3
      It is in snake_case
      Write instead: Order Completed
    cart_viewed  calls.ndjson:3
      It is in snake_case
      Write instead: Cart Viewed

9 events: 0 errors, 2 warnings, 0 remarks. 71 % clean: 5 of 7 track calls.
`,
    )
  })

  it('shows control characters instead of obeying them', () => {
    const text = print(
      report([problem({ name: hostile, message: hostile, suggestion: hostile, reason: hostile })]),
      'text',
    )
    expect(text.replaceAll('\n', '')).not.toMatch(/[\u0000-\u001f\u202e]/)
  })
})

describe('json', () => {
  it('is one object that holds all of it', () => {
    const problems = [problem({ name: hostile })]
    expect(JSON.parse(print(report(problems, ['Cart Viewed']), 'json', 'warning'))).toEqual({
      ok: false,
      failOn: 'warning',
      query: '',
      events: 9,
      trackCalls: 7,
      clean: 5,
      score: 71,
      counts: { error: 0, warning: 1, info: 0 },
      problems,
      expected: ['Cart Viewed'],
    })
  })
})

describe('a check', () => {
  it.each<[FailureLevel, boolean, boolean, boolean]>([
    ['error', false, true, true],
    ['warning', false, false, true],
    ['info', false, false, false],
    ['never', true, true, true],
  ])('with --fail-on %s', (failOn, error, warning, info) => {
    expect(holds(report([problem({ severity: 'error' })]), failOn)).toBe(error)
    expect(holds(report([problem()]), failOn)).toBe(warning)
    expect(holds(report([problem({ severity: 'info' })]), failOn)).toBe(info)
  })

  it('does not hold where an expected name has not come', () => {
    expect(holds(report([], []), 'error')).toBe(true)
    expect(holds(report([], ['Cart Viewed']), 'error')).toBe(false)
  })
})
