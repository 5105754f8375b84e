import { describe, expect, it } from 'vitest'
import { PropertyTree } from '../../../electron/engine/analysis/catalog/property-tree.ts'
import type { PropertyType } from '../../../electron/engine/analysis/catalog/property-tree.ts'
import type { JsonObject } from '../../../shared/event.ts'

/** The tree after events with these properties, numbered from 1. */
function treeOf(events: readonly JsonObject[], rowLimit = 1000): PropertyTree {
  const tree = new PropertyTree([], rowLimit)
  events.forEach((properties, index) => count(tree, properties, index + 1))
  return tree
}

function count(tree: PropertyTree, properties: JsonObject, eventId: number): void {
  tree.count(properties, { eventId, receivedAt: 1000 * eventId })
}

const one = (tree: PropertyTree, path: string): PropertyType => {
  const [row] = tree.typesOf(path)
  if (row === undefined) throw new Error(`nothing at ${path}`)
  return row
}
const valuesOf = (tree: PropertyTree, path: string): unknown => {
  const { text } = one(tree, path).values
  return text === null ? null : Object.fromEntries(JSON.parse(text) as [string, number][])
}

describe('types of a property', () => {
  it('know the event in which each began, and the one that had it last', () => {
    const tree = treeOf([{ total: 1 }, { total: 2 }, { total: '3' }, { total: 4 }, { total: '5' }, {}])
    expect(
      tree
        .typesOf('total')
        .map(({ type, events, first, last }) => [type, events, first.eventId, last.eventId]),
    ).toEqual([
      ['number', 3, 1, 4],
      ['string', 2, 3, 5],
    ])
  })

  it('count an event once, however many elements of a list have them', () => {
    const tree = treeOf([{ tags: ['a', 'b', 1] }, { tags: ['c'] }])
    const rows = tree.typesOf('tags[]').map(({ type, events, shared }) => ({ type, events, shared }))
    expect(rows).toEqual([
      { type: 'string', events: 2, shared: 0 },
      { type: 'number', events: 1, shared: 1 },
    ])
  })

  it('are counted together where a key with a dot and an object meet at one path', () => {
    const tree = treeOf([{ 'a.b': 1 }, { a: { b: 2 } }, { 'a.b': 3, a: { b: 4 } }])
    expect(one(tree, 'a.b')).toMatchObject({ events: 3, shared: 0 })
  })
})

describe('values of a property', () => {
  it('are counted where they are few', () => {
    const tree = treeOf([{ currency: 'EUR' }, { currency: 'USD' }, { currency: 'EUR' }])
    expect(valuesOf(tree, 'currency')).toEqual({ EUR: 2, USD: 1 })
  })

  it('are not listed where they are more than twenty', () => {
    const events = Array.from({ length: 21 }, (_, index) => ({ step: index, kind: index % 20 }))
    const tree = treeOf(events)
    expect(valuesOf(tree, 'step')).toBe(null)
    expect(valuesOf(tree, 'kind')).toHaveProperty('0', 2)
  })

  it('are not listed where one is long', () => {
    expect(valuesOf(treeOf([{ note: 'n' }, { note: 'n'.repeat(101) }]), 'note')).toBe(null)
  })

  it.each([
    ['email', 'somebody'],
    ['user_email', 'somebody'],
    ['contact.phoneNumber', '1'],
    ['first_name', 'Jane'],
    ['api_key', 'x'],
    ['who', 'jane@example.com'],
    ['who', '+32 475 12 34 56'],
    ['who', '4111 1111 1111 1111'],
    ['who', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc'],
  ])('are not kept where they are personal: %s %s', (path, value) => {
    const tree = treeOf([Object.fromEntries([[path, value]])])
    expect(one(tree, path).values).toMatchObject({ text: null, isPersonal: true })
    expect(one(tree, path).example).not.toContain(value)
  })

  it('are forgotten once one of them is personal', () => {
    const tree = treeOf([{ who: 'nobody' }, { who: 'jane@example.com' }])
    expect(one(tree, 'who').values).toMatchObject({ text: null, isPersonal: true })
  })

  it.each([
    ['plan', 'pro'],
    ['order_id', '20260301123456'],
    ['sku', 'A-113'],
    ['price', '1,299.00'],
    ['shipping', 'express'],
    ['description', 'zip archive'],
    ['session', '7f1c2b9e-8a41-4c2e-9d3a-0123456789ab'],
    ['at', '2026-03-01T12:00:00.000Z'],
  ])('are listed where they only look a little like it: %s %s', (path, value) => {
    expect(one(treeOf([{ [path]: value }]), path).values).toMatchObject({ isPersonal: false })
  })
})

describe('keys made of ids', () => {
  it('do not fill the memory, while what was known before is counted on', () => {
    const tree = treeOf([{ plan: 'pro' }], 50)
    for (let index = 0; index < 300; index += 1)
      count(tree, { [`id_${index}`]: { deep: index }, plan: 'pro' }, index + 2)
    expect(tree.rows).toBe(50)
    expect(one(tree, 'plan').events).toBe(301)
  })

  it('cost one event no more than two hundred rows', () => {
    const wide = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`key_${index}`, index]))
    expect(treeOf([wide]).rows).toBe(200)
  })

  it('named like parts of an object are keys like any other', () => {
    const hostile = JSON.parse(
      '{"__proto__": {"constructor": 1}, "toString": "x", "": {"a": 1}}',
    ) as JsonObject
    const tree = treeOf([hostile, hostile])
    expect(one(tree, '__proto__.constructor').events).toBe(2)
    expect(one(tree, 'toString').events).toBe(2)
    expect(one(tree, 'a').events).toBe(2)
  })
})
