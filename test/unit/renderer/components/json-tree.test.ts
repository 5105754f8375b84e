import { describe, expect, it } from 'vitest'
import { filterOf } from '../../../../renderer/components/json-tree/filter.ts'
import {
  accessPath,
  firstChildren,
  previewOf,
  rowsOf,
} from '../../../../renderer/components/json-tree/rows.ts'
import type { TreeState, ValueRow } from '../../../../renderer/components/json-tree/rows.ts'

const untouched: TreeState = { isOpen: () => null, marked: [], shown: () => firstChildren }
const paths = (value: unknown, state: Partial<TreeState> = {}): string[] =>
  rowsOf('properties', value, { ...untouched, ...state }).map(({ path }) => path)

const order = { total: '1', products: [{ sku: 'A', tags: ['x'] }], 'gift card': null }

describe('the tree of a payload', () => {
  it('begins with its first level open and the rest folded', () => {
    expect(paths(order)).toEqual([
      'properties.total',
      'properties.products',
      'properties.products[0]',
      'properties["gift card"]',
    ])
  })

  it('opens what a problem lies in, and only that', () => {
    const deep = { a: { b: { c: { d: 1 } } }, ab: { b: { c: 1 } } }
    expect(paths(deep, { isOpen: () => null, marked: ['properties.a.b.c.d'] })).toEqual([
      'properties.a',
      'properties.a.b',
      'properties.a.b.c',
      'properties.a.b.c.d',
      'properties.ab',
      'properties.ab.b',
    ])
  })

  it('stays as somebody has folded it', () => {
    const isOpen = (path: string): boolean =>
      path === 'properties.products[0]' || path === 'properties.products'
    expect(paths(order, { isOpen })).toContain('properties.products[0].tags')
    expect(paths(order, { isOpen: () => false })).toHaveLength(3)
  })

  it('shows ten thousand keys in parts, and says how many there are more', () => {
    const value = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`k${index}`, index]))
    const rows = rowsOf('properties', value, untouched)
    expect(rows).toHaveLength(firstChildren + 1)
    expect(rows.at(-1)).toEqual({ kind: 'more', path: 'properties', level: 1, shown: 200, hidden: 9_800 })
  })

  it('can be opened down to the depth that capture takes', () => {
    let value: unknown = 'bottom'
    for (let level = 0; level < 500; level += 1) value = [value]
    const rows = rowsOf('properties', { value }, { ...untouched, isOpen: () => true })
    expect(rows).toHaveLength(501)
    expect(rows.at(-1)).toMatchObject({ value: 'bottom', level: 501 })
  })

  it('says in a few words what is folded', () => {
    expect(previewOf({ sku: 'A-113', price: 19.9 }, 2)).toBe('{ sku: "A-113", price: 19.9 }')
    expect(previewOf([1, null, 'x'], 3)).toBe('[1, null, "x"]')
    expect(previewOf({}, 0)).toBe('{}')
    expect(previewOf([[1], [2]], 2)).toBe('2 items')
    expect(previewOf({ text: 'x'.repeat(100) }, 1)).toBe('1 key')
  })

  it('copies a path that code can read', () => {
    expect(accessPath('properties', ['products', 0, 'the "sku"'])).toBe(
      'properties.products[0]["the \\"sku\\""]',
    )
  })
})

describe('filtering by a value of the tree', () => {
  const row = (steps: (string | number)[], value: unknown): ValueRow => ({
    kind: 'value',
    path: '',
    steps,
    value,
    size: null,
    isOpen: false,
    level: 1,
  })

  it('asks for the path as the query language has it: through lists, odd keys in quotes', () => {
    expect(filterOf('properties', row(['products', 0, 'the sku'], 'A'))).toEqual({
      key: 'properties.products."the sku"',
      value: 'A',
    })
  })

  it('is not offered where the language has no word for it', () => {
    expect(filterOf('integrations', row(['All'], true))).toBeNull()
    expect(filterOf('properties', row(['a'], { b: 1 }))).toBeNull()
    expect(filterOf('properties', row(['a'], 'x'.repeat(501)))).toBeNull()
    expect(filterOf('properties', row(['a'], null))).toEqual({ key: 'properties.a', value: null })
  })
})
