import { expect, it } from 'vitest'
import { findingsOf, nested } from './findings.ts'

const rule = 'metadata/too-deep'

it.each([
  [{ a: { b: { c: { d: { e: { f: 1 } } } } } }, 'properties.a.b.c.d.e.f'],
  [{ a: { b: { c: { d: { e: { f: {} } } } } } }, 'properties.a.b.c.d.e.f'],
  [{ a: { b: [{ c: { d: { e: { f: 1 } } } }] } }, 'properties.a.b[0].c.d.e.f'],
  [{ x: 1, a: [[[[[[1]]]]]] }, 'properties.a[0][0][0][0][0]'],
])('%j is too deep', (properties, path) => {
  expect(findingsOf(rule, properties).map((finding) => finding.path)).toEqual([path])
})

it.each([
  { a: { b: { c: { d: { e: 1 } } } } },
  { a: { b: { c: { d: { e: {} } } } } },
  { orders: [{ items: [{ options: [{ value: [1, 2, 3] }] }] }] },
  {},
])('%j is not', (properties) => {
  expect(findingsOf(rule, properties)).toEqual([])
})

it('fifty thousand levels are looked at no further than needed', () => {
  expect(findingsOf(rule, nested(50_000))).toHaveLength(1)
})
