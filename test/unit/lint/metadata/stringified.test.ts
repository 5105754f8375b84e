import { expect, it } from 'vitest'
import { findingsOf, fixesOf } from './findings.ts'

const rule = 'metadata/stringified'

it.each([
  ['total_amount', '123.45', '123.45'],
  ['is_gift', 'true', 'true'],
  ['is_gift', 'False', 'false'],
  ['filter', '{"a":1}', '{"a":1}'],
  ['tags', '["a"]', '["a"]'],
  ['plan', 'null', 'null'],
  ['amount_paid', '12.5', '12.5'],
  ['bids', '3', '3'],
  ['plan', 'undefined', null],
  ['total', 'NaN', null],
  ['title', '[object Object]', null],
])('%s: %j is found', (key, value, suggestion) => {
  expect(fixesOf(rule, { [key]: value })).toEqual([[`properties.${key}`, suggestion]])
})

it.each([
  ['order_id', '123'],
  ['zip_code', '1000'],
  ['phone', '4155550123'],
  ['visitorid', '123'],
  ['query', 'true'],
  ['product_code', '007'],
  ['plan', 'pro'],
  ['note', '{not json}'],
])('%s: %j is left alone', (key, value) => {
  expect(findingsOf(rule, { [key]: value })).toEqual([])
})

it('does not repeat a number that is somebody’s', () => {
  const card = ['3782822463', '10005'].join('')
  expect(JSON.stringify(findingsOf(rule, { card, cvv: '123' }))).not.toContain(card)
})
