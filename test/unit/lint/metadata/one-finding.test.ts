import { describe, expect, it } from 'vitest'
import { createLinter, defaultLintConfig } from '../../../../shared/lint/index.ts'
import type { LintConfig } from '../../../../shared/lint/index.ts'
import type { LintedEvent } from '../../../../shared/lint/rule.ts'
import { factsWith, linted, pastWith, track } from '../call.ts'

// What is wrong with the type of a value is told once, by the rule that knows most about it.

type Past = Parameters<typeof pastWith>[0]
type Told = [rule: string, path: string, suggestion: string | null]

function told(event: LintedEvent, past: Past = {}, rules: LintConfig['rules'] = {}): Told[] {
  const config = { ...defaultLintConfig, rules }
  const facts = factsWith({ config, past: pastWith(past) })
  const { problems, failures } = createLinter(facts.english, config).lint(event, facts)
  expect(failures).toEqual([])
  return problems.map(({ rule, path, suggestion }) => [rule, path, suggestion])
}

const usually: Past = {
  total: { number: 20 },
  gift: { boolean: 20 },
  filter: { object: 20 },
  sizes: { array: 20 },
  plan: { string: 20 },
  'lines[].price': { number: 20 },
  'net price': { number: 20 },
  revenue: { number: 20 },
  currency: { string: 20 },
}

const drift = 'metadata/type-drift'
const stringified = 'metadata/stringified'
const reserved = 'metadata/reserved'

describe('a value of a type that its property mostly has not', () => {
  const rows: [properties: object, told: Told[]][] = [
    [{ total: 'ten' }, [[drift, 'properties.total', null]]],
    [{ total: '10.5' }, [[stringified, 'properties.total', '10.5']]],
    [{ total: 'undefined' }, [[stringified, 'properties.total', null]]],
    [{ total: 'null' }, [[stringified, 'properties.total', 'null']]],
    [{ gift: 'True' }, [[stringified, 'properties.gift', 'true']]],
    [{ filter: '{"a":1}' }, [[stringified, 'properties.filter', '{"a":1}']]],
    [{ 'net price': '3' }, [[stringified, 'properties["net price"]', '3']]],
    [{ lines: [{ price: '3' }] }, [[stringified, 'properties.lines[0].price', '3']]],
    // What it would be as JSON is not what it should be, either.
    [{ gift: '1' }, [[drift, 'properties.gift', null]]],
    [{ sizes: '{"a":1}' }, [[drift, 'properties.sizes', null]]],
    // Where texts are usual, nothing has changed.
    [{ plan: '3' }, [[stringified, 'properties.plan', '3']]],
    [{ revenue: '25', currency: 'EUR' }, [[reserved, 'properties.revenue', '25']]],
    [{ revenue: 25, currency: 978 }, [[reserved, 'properties.currency', null]]],
    // These are two values.
    [
      { lines: [{ price: 'free' }, { price: '3' }] },
      [
        [stringified, 'properties.lines[1].price', '3'],
        [drift, 'properties.lines[0].price', null],
      ],
    ],
  ]
  it.each(rows)('is told once: %j', (properties, expected) => {
    expect(told(track('Report Exported', properties), usually)).toEqual(expected)
  })

  const inText = track('Report Exported', { total: '10.5', gift: '1' })
  it('is told by the rule that is left when the other is switched off', () => {
    expect(told(inText, usually, { [stringified]: 'off' })).toEqual([
      [drift, 'properties.total', '10.5'],
      [drift, 'properties.gift', null],
    ])
    expect(told(inText, usually, { [drift]: 'off' })).toEqual([
      [stringified, 'properties.total', '10.5'],
      [stringified, 'properties.gift', '1'],
    ])
  })
})

describe('a number in quotes under a key that the spec reserves', () => {
  const identify = linted({
    type: 'identify',
    userId: 'abc123',
    messageId: 'message-1',
    traits: { age: '42', rows: '7' },
  })

  it('is told once', () => {
    expect(told(identify)).toEqual([
      [reserved, 'traits.age', '42'],
      [stringified, 'traits.rows', '7'],
    ])
  })

  it('is told as any other when what the spec says is switched off', () => {
    expect(told(identify, {}, { [reserved]: 'off' })).toEqual([
      [stringified, 'traits.age', '42'],
      [stringified, 'traits.rows', '7'],
    ])
  })
})
