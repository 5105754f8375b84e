import { describe, expect, it } from 'vitest'
import { pastWith } from '../call.ts'
import { findingsOf, fixesOf } from './findings.ts'

const rule = 'metadata/type-drift'

describe('a property of another type than before', () => {
  const rows: [what: string, seen: Parameters<typeof pastWith>[0], properties: object, fixes: unknown][] = [
    ['text where numbers were', { total: { number: 10 } }, { total: 'ten' }, [['properties.total', null]]],
    ['a number where texts were', { code: { string: 40 } }, { code: 7 }, [['properties.code', '"7"']]],
    // Under such a key no other rule takes a number or a boolean in quotes for one.
    ['a number in quotes', { size: { number: 10 } }, { size: '10.5' }, [['properties.size', '10.5']]],
    ['a boolean in quotes', { answer: { boolean: 40 } }, { answer: 'True' }, [['properties.answer', 'true']]],
    ['a list where an object was', { filter: { object: 12 } }, { filter: [] }, [['properties.filter', null]]],
    [
      'in an element of a list',
      { 'products[].price': { number: 30 } },
      { products: [{ price: 1 }, { price: 'free' }] },
      [['properties.products[1].price', null]],
    ],
    [
      'with one event in twenty astray',
      { total: { number: 19, string: 1 } },
      { total: 'x' },
      [['properties.total', null]],
    ],
    ['nulls set aside', { total: { number: 10, null: 90 } }, { total: 'x' }, [['properties.total', null]]],
  ]
  it.each(rows)('is found: %s', (_what, seen, properties, fixes) => {
    expect(fixesOf(rule, properties, { past: pastWith(seen) })).toEqual(fixes)
  })

  const clean: [what: string, seen: Parameters<typeof pastWith>[0], properties: object][] = [
    ['a fraction after whole numbers', { total: { number: 50 } }, { total: 0.5 }],
    ['fewer than ten events', { total: { number: 9 } }, { total: 'x' }],
    ['a property that was always mixed', { total: { number: 90, string: 10 } }, { total: 'x' }],
    ['null', { total: { number: 50 } }, { total: null }],
    ['a property that is new', {}, { total: 'x' }],
    ['a property that was always null', { total: { null: 50 } }, { total: 'x' }],
  ]
  it.each(clean)('is not: %s', (_what, seen, properties) => {
    expect(findingsOf(rule, properties, { past: pastWith(seen) })).toEqual([])
  })
})

it('the message tells how often it was otherwise', () => {
  const past = pastWith({ total: { number: 199, string: 1 } })
  expect(findingsOf(rule, { total: 'x' }, { past })[0]?.message).toBe(
    '`total` is text; in 99 % of 200 earlier events it was a number',
  )
})

it('nothing is found at a name that is new', () => {
  expect(findingsOf(rule, { total: 'x' })).toEqual([])
})
