import { expect, it } from 'vitest'
import { findingsOf, nested } from './findings.ts'

const rule = 'metadata/too-many'

function keys(count: number): Record<string, unknown> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`key ${index}`, index]))
}

it.each([
  [100, []],
  [101, [undefined]],
  [10_000, [undefined]],
  [10_001, ['error']],
  [50_000, ['error']],
])('%i keys', (count, severities) => {
  expect(findingsOf(rule, keys(count)).map(({ severity }) => severity)).toEqual(severities)
})

it('counts what is inside', () => {
  expect(findingsOf(rule, { a: keys(60), b: keys(60) })[0]?.message).toBe('This event has 122 properties')
})

it('takes all elements of a list as one', () => {
  expect(findingsOf(rule, { products: Array.from({ length: 500 }, () => keys(12)) })).toEqual([])
  expect(findingsOf(rule, { products: [keys(5), keys(120)] })).toHaveLength(1)
})

it('is not led astray by depth', () => {
  expect(findingsOf(rule, nested(50_000))).toEqual([])
})
