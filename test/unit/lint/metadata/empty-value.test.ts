import { expect, it } from 'vitest'
import { pastWith } from '../call.ts'
import { findingsOf } from './findings.ts'

const rule = 'metadata/empty-value'
const past = pastWith({
  plan: { string: 20 },
  often_empty: { string: 20, empty: 10 },
  often_null: { string: 20, null: 10 },
  always_empty: { string: 20, empty: 20 },
  rare: { string: 5 },
  'filter.from': { string: 19, null: 1 },
  'tags[]': { string: 30 },
})

it.each([
  [{ plan: null }, 'properties.plan'],
  [{ plan: '' }, 'properties.plan'],
  [{ filter: { from: null } }, 'properties.filter.from'],
])('%j is found where others have a value', (properties, path) => {
  expect(findingsOf(rule, properties, { past }).map((finding) => finding.path)).toEqual([path])
})

it.each([
  { plan: 'pro' },
  { plan: ' ' },
  { plan: 0 },
  { often_empty: '' },
  { often_null: null },
  { always_empty: '' },
  { rare: null },
  { unknown: null },
  { tags: ['a', ''] },
])('%j is left alone', (properties) => {
  expect(findingsOf(rule, properties, { past })).toEqual([])
})
