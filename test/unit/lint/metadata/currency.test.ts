import { expect, it } from 'vitest'
import { defaultLintConfig } from '../../../../shared/lint/index.ts'
import { linted } from '../call.ts'
import { findingsIn, findingsOf } from './findings.ts'

const rule = 'metadata/currency'

it.each([
  { revenue: 25 },
  { revenue: -5.5 },
  { revenue: '25' },
  { revenue: 25, currency: null },
  { revenue: 25, currency: '' },
])('%j is found', (properties) => {
  expect(findingsOf(rule, properties).map(({ path }) => path)).toEqual(['properties.currency'])
})

it.each([
  { revenue: 25, currency: 'EUR' },
  { revenue: 25, currency: '€' },
  { revenue: 0 },
  { revenue: null },
  { revenue: 'high' },
  { value: 25 },
  { price: 25 },
])('%j is left alone', (properties) => {
  expect(findingsOf(rule, properties)).toEqual([])
})

it('nothing is found by a team that has one currency for all', () => {
  const config = { ...defaultLintConfig, currency: 'EUR' }
  expect(findingsOf(rule, { revenue: 25 }, { config })).toEqual([])
})

it('a page has no revenue', () => {
  const page = linted({ type: 'page', name: 'Home', userId: 'abc123', properties: { revenue: 25 } })
  expect(findingsIn(rule, page)).toEqual([])
})
