import { describe, expect, it } from 'vitest'
import { examplesOf, problemsOf } from './of-a-name.ts'

const rule = 'naming/near-duplicate'
const inUse = (name: string) => ({ name, count: 40 })

describe('a name that is almost one in use', () => {
  it.each([
    [examplesOf(rule).bad, 'Order Completed'],
    ['Order Complteted', 'Order Completed'],
    ['Invite Emails Sent', 'Invite Email Sent'],
  ])('%s is led to %s', (name, other) => {
    const [problem, ...more] = problemsOf(name, inUse(other))
    expect(more).toEqual([])
    expect(problem).toMatchObject({ rule, severity: 'warning', path: 'event', suggestion: other })
    expect(problem?.message).toContain(`is almost “${other}”`)
  })
})

describe('a name of its own', () => {
  it.each([
    [examplesOf(rule).good, 'Order Completed'],
    ['Cards Added', 'Carts Added'],
    ['Video Paused', 'Video Passed'],
  ])('%s is left alone beside %s', (name, other) => {
    expect(problemsOf(name, inUse(other))).toEqual([])
  })

  it('is not led to one that is itself wrong', () => {
    expect(problemsOf('Order Completed', inUse('order_completed'))).toEqual([])
    expect(problemsOf('Orders Completed', inUse('Complete Order'))).toEqual([])
  })
})
