import { describe, expect, it } from 'vitest'
import { english } from '../../../../electron/engine/analysis/english.ts'
import { NameIndex, createLinter } from '../../../../shared/lint/index.ts'

function indexOf(counts: Record<string, number>, isGood?: (name: string) => boolean): NameIndex {
  const index = new NameIndex(isGood)
  for (const [name, count] of Object.entries(counts)) index.add(name, count)
  return index
}

describe('names that look alike', () => {
  it.each([
    ['by case', 'order completed'],
    ['by spacing', 'OrderCompleted'],
    ['by plural', 'Orders Completed'],
    ['by tense', 'Order Completes'],
    ['by one letter changed', 'Order Completud'],
    ['by one letter left out', 'Order Complted'],
    ['by one letter added', 'Order Compleeted'],
    ['by two letters swapped', 'Order Compelted'],
  ])('%s lead to the one in use', (_how, name) => {
    expect(indexOf({ 'Order Completed': 9 }).lookAlike(name)).toEqual({ name: 'Order Completed', count: 9 })
  })

  it('have one survivor: that which is used most', () => {
    const index = indexOf({ 'Order Completed': 5, 'Orders Completed': 9, 'Order Complete': 1 })
    expect(index.lookAlike('Order Complete')?.name).toBe('Orders Completed')
    expect(index.lookAlike('Order Completed')?.name).toBe('Orders Completed')
    expect(index.lookAlike('Orders Completed')).toBeNull()
  })

  it('have as survivor the one seen first when they are used alike', () => {
    const index = indexOf({ 'Orders Completed': 3, 'Order Completed': 3 })
    expect(index.lookAlike('Order Completed')?.name).toBe('Orders Completed')
    expect(index.lookAlike('Orders Completed')).toBeNull()
  })

  it('never have a survivor that is itself wrong, however much it is used', () => {
    const linter = createLinter(english)
    const index = indexOf(
      { order_completed: 1_000, 'Order Completed': 50, 'Orders Completed': 2, orderCompleted: 900 },
      linter.isGoodName,
    )
    expect(index.lookAlike('Orders Completed')).toEqual({ name: 'Order Completed', count: 50 })
    expect(index.lookAlike('Order Completed')).toBeNull()
  })

  it('are found when they come after the name was asked for, in its family and one letter away', () => {
    const index = indexOf({ 'Order Completed': 1, 'Order Complotes': 1 })
    expect(index.lookAlike('Order Completed')).toBeNull()
    index.add('Orders Completed', 2)
    expect(index.lookAlike('Order Completed')?.name).toBe('Orders Completed')
    index.add('Order Complated', 3)
    expect(index.lookAlike('Order Completed')?.name).toBe('Order Complated')
  })

  it('are not far apart: two letters make another name, and one in a short name', () => {
    const index = indexOf({ 'Order Completed': 9, 'Ad Met': 9 })
    expect(index.lookAlike('Other Competed')).toBeNull()
    expect(index.lookAlike('Ad Set')).toBeNull()
  })
})

describe('an index of very many names', () => {
  it('keeps no more than its memory allows, and still knows those that it keeps', () => {
    const index = indexOf({ 'Order Completed': 9 })
    for (let number = 0; number < 40_000; number += 1) index.add(`${number} ${'long '.repeat(38)}`)
    index.add('Invoice Sent')
    expect(index.lookAlike('Invoices Sent')).toBeNull()
    expect(index.lookAlike('Orders Completed')).toEqual({ name: 'Order Completed', count: 9 })
  })

  it('bears a hundred ways to write one name', () => {
    const index = new NameIndex()
    for (let number = 0; number < 100; number += 1) index.add(`Order${' '.repeat(number)}Completed`)
    expect(index.lookAlike('Orders Completed')?.name).toBe('OrderCompleted')
  })
})
