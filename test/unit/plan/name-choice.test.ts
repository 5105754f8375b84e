import { describe, expect, it } from 'vitest'
import { english } from '../../../electron/engine/analysis/english.ts'
import { choiceOfNames } from '../../../electron/engine/analysis/plan/name-choice.ts'
import { createLinter } from '../../../shared/lint/index.ts'

const linter = createLinter(english)

/** What becomes of names with so many events each, in the order in which they came. */
function chosen(captured: Record<string, number>, planned: string[] = []) {
  const names = Object.entries(captured).map(([name, events]) => ({ name, events }))
  const { taken, leftOut, lookAlikes } = choiceOfNames(names, planned, (name) => linter.lintName(name, null))
  return {
    taken: taken.toSorted(),
    leftOut,
    lookAlikes: lookAlikes
      .map(({ name, taken: other, reason }) => `${name} → ${other}: ${reason}`)
      .toSorted(),
  }
}

describe('of names that look alike, a plan is drawn up for', () => {
  it('the one with the most events', () => {
    expect(
      chosen({ 'Order Complted': 3, 'Order Completed': 40, 'Orders Completed': 2, 'Cart Viewed': 1 }),
    ).toEqual({
      taken: ['Cart Viewed', 'Order Completed'],
      leftOut: [],
      lookAlikes: [
        'Order Complted → Order Completed: more-events',
        'Orders Completed → Order Completed: more-events',
      ],
    })
  })

  it('the one in which the rules find nothing, where it comes close', () => {
    expect(chosen({ order_completed: 40, 'Order Completed': 25, orderCompleted: 4 })).toEqual({
      taken: ['Order Completed'],
      leftOut: [],
      lookAlikes: [
        'orderCompleted → Order Completed: more-events',
        'order_completed → Order Completed: better-name',
      ],
    })
    expect(chosen({ order_completed: 60, 'Order Completed': 25 })).toEqual({
      taken: ['order_completed'],
      leftOut: [],
      lookAlikes: ['Order Completed → order_completed: more-events'],
    })
  })

  it('the one that came first, where nothing else tells them apart', () => {
    expect(chosen({ 'Orders Completed': 5, 'Order Completed': 5 })).toEqual({
      taken: ['Orders Completed'],
      leftOut: [],
      lookAlikes: ['Order Completed → Orders Completed: earlier'],
    })
  })

  it('the one that is planned, however it is used', () => {
    expect(chosen({ 'Order Completed': 40, order_completed: 1 }, ['order_completed', 'Signed Up'])).toEqual({
      taken: ['order_completed'],
      leftOut: [],
      lookAlikes: ['Order Completed → order_completed: planned'],
    })
    expect(chosen({ 'Signed up': 40 }, ['Signed Up'])).toMatchObject({ taken: [] })
  })

  it('none that looks only like one that is left out itself', () => {
    expect(chosen({ 'Cable Added': 30, 'Table Added': 20, 'Tablet Added': 10 })).toEqual({
      taken: ['Cable Added', 'Tablet Added'],
      leftOut: [],
      lookAlikes: ['Table Added → Cable Added: more-events'],
    })
  })

  it('none in which the rules find an error, and none in its place', () => {
    expect(
      chosen({ 'Order 12345 Completed': 90, 'Order 12346 Completed': 80, 'Order Completed': 1 }),
    ).toEqual({
      taken: ['Order Completed'],
      leftOut: ['Order 12345 Completed', 'Order 12346 Completed'],
      lookAlikes: [],
    })
  })
})
