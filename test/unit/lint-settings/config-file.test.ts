import { describe, expect, it, test } from 'vitest'
import { lintLimits } from '../../../shared/contract/lint.ts'
import type { LintConfigOutput } from '../../../shared/contract/lint.ts'
import { readConfigFile } from '../../../shared/lint-settings/config-file.ts'
import { configFileText } from '../../../shared/lint-settings/config-file-text.ts'
import { mergedLint } from '../../../shared/lint-settings/merge.ts'

const whole = `{
  "$schema": "./trackside.schema.json",
  "rules": { "naming/casing": "off" },
  "names": { "Legacy Thing": { "*": "off" } },
  "style": "snake_case",
  "allowedNames": [],
  "words": ["Kanban"],
  "currency": "EUR",
  "plan": "plan.json"
}`

const settings = {
  rules: { 'naming/casing': 'off' },
  names: { 'Legacy Thing': { '*': 'off' } },
  style: 'snake_case',
  allowedNames: [],
  words: ['Kanban'],
  currency: 'EUR',
} as const

it('a trackside.json says what is set, and which plan there is', () => {
  expect(readConfigFile(whole)).toEqual({ settings, plan: 'plan.json' })
  expect(readConfigFile('{}')).toEqual({ settings: {}, plan: null })
})

describe('a mistake in a trackside.json is told with its place', () => {
  test.each([
    ['a missing brace', '{\n  "rules": {', 2, 13, 'The text ends here, in the middle.'],
    ['a comma too many', '{\n  "words": [],\n}', 3, 1, 'A key in double quotes is missing.'],
    ['a misspelt setting', '{\n  "ruels": {}\n}', 2, 3, 'There is no setting “ruels”; did you mean “rules”?'],
    [
      'a misspelt rule',
      '{"rules": {"naming/casin": "off"}}',
      1,
      12,
      'There is no rule “naming/casin”; did you mean “naming/casing”?',
    ],
    [
      'a rule without its family',
      '{"names": {"A": {"casing": "off"}}}',
      1,
      18,
      'There is no rule “casing”; did you mean “naming/casing”?',
    ],
    [
      'a severity that there is not',
      '{"rules":\n{"naming/casing": "warn"}}',
      2,
      19,
      '“naming/casing” must be error, warning, info or off.',
    ],
    [
      'a misspelt style',
      '{"style": "snakecase"}',
      1,
      11,
      '“style” must be Title Case, Sentence case, snake_case, kebab-case or camelCase; did you mean “snake_case”?',
    ],
    [
      'a currency that there is not',
      '{"currency": "EURO"}',
      1,
      14,
      '“currency” must be the code of a currency in capitals, as ISO 4217 has it; did you mean “EUR”?',
    ],
    ['a list that is none', '{"words": "Kanban"}', 1, 11, '“words” must be a list: [ … ].'],
    [
      'a word that is none',
      '{"words": ["a", 3]}',
      1,
      17,
      'Entry 2 of “words” must be a text in double quotes.',
    ],
    ['null', '{"plan": null}', 1, 10, '“plan” must be a text in double quotes.'],
    ['a list in place of all', '[]', 1, 1, 'The file must be an object: { … }.'],
    [
      'a key that stands there twice',
      '{"words": [],\n"words": []}',
      2,
      1,
      '“words” stands here a second time, and only one of them can count.',
    ],
    [
      'a name that no object can have',
      '{"names": {"__proto__": {}}}',
      1,
      12,
      'Nothing can be called “__proto__”.',
    ],
  ])('%s', (_what, text, line, column, message) => {
    expect(readConfigFile(text)).toEqual({ mistake: { message, line, column } })
  })

  it('the first of several', () => {
    const text = '{"style": 3, "rules": {"a": "off"}, "nmaes": {}}'
    expect(readConfigFile(text)).toMatchObject({ mistake: { column: 11 } })
  })

  it('what is larger than there is room for', () => {
    const names = Object.fromEntries(
      Array.from({ length: lintLimits.names + 1 }, (_, index) => [`Name ${index}`, { '*': 'off' }]),
    )
    expect(readConfigFile(JSON.stringify({ names }))).toMatchObject({
      mistake: { message: '“names” must be a list of at most 1,000 names.' },
    })
    expect(readConfigFile(' '.repeat(1_000_001))).toMatchObject({ mistake: { line: null } })
    expect(readConfigFile('['.repeat(900_000))).toMatchObject({ mistake: { line: 1 } })
  })
})

it('what is copied as trackside.json says the same when it is read again', () => {
  const here = { rules: { 'metadata/none': 'error' }, allowedNames: ['my_legacy'] } as const
  const agreed: LintConfigOutput = {
    ...mergedLint({ here: { ...here, allowedNames: [...here.allowedNames] }, file: { style: 'camelCase' } }),
    here: { ...here, allowedNames: [...here.allowedNames] },
    file: { path: '/repo/trackside.json', settings: {}, plan: '/repo/plans/web.json', mistake: null },
  }
  expect(readConfigFile(configFileText(agreed))).toEqual({
    settings: { ...here, style: 'camelCase' },
    plan: 'plans/web.json',
  })
})
