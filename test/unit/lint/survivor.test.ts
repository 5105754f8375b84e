import { describe, expect, it } from 'vitest'
import { NameIndex, survivorOf } from '../../../shared/lint/index.ts'
import type { Candidate } from '../../../shared/lint/index.ts'

const candidate = (name: string, events: number, suggestion?: string): Candidate => ({
  name,
  events,
  isClean: suggestion === undefined,
  suggestion: suggestion ?? null,
})

describe('of names that look alike', () => {
  it('the one that is right as it is survives, however much the others are used', () => {
    expect(
      survivorOf([candidate('order_completed', 500, 'Order Completed'), candidate('Order Completed', 2)]),
    ).toBe('Order Completed')
  })

  it('of several that are right, the one in use most survives', () => {
    expect(survivorOf([candidate('Orders Completed', 3), candidate('Order Completed', 9)])).toBe(
      'Order Completed',
    )
  })

  it('where none is right, what the most used one should have been called is the one to keep', () => {
    const names = [
      candidate('orderCompleted', 5, 'Order Completed'),
      candidate('orders_completed', 9, 'Orders Completed'),
    ]
    expect(survivorOf(names)).toBe('Orders Completed')
  })

  it('where nobody knows better, the one in use most survives', () => {
    const nameless = { events: 3, isClean: false, suggestion: null }
    expect(
      survivorOf([
        { ...nameless, name: 'zzz' },
        { ...nameless, name: 'zzzs', events: 7 },
      ]),
    ).toBe('zzzs')
  })

  it('none survives where there is none', () => {
    expect(survivorOf([])).toBe(null)
  })
})

describe('the kin of a name', () => {
  const index = new NameIndex()
  for (const name of ['Invoice Sent', 'invoice_sent', 'Invioce Sent', 'Report Exported']) index.add(name)

  it('are names of one family, and families one letter away', () => {
    const invoice = index.kinOf('Invoice Sent')
    expect(index.kinOf('INVOICES SEND')?.family).toBe(invoice?.family)
    expect(invoice?.near).toEqual([index.kinOf('Invioce Sent')?.family])
    expect(index.kinOf('Report Exported')?.near).toEqual([])
  })

  it('of a name of no words or without an end are not looked for', () => {
    expect(index.kinOf('🚀')).toBe(null)
    expect(index.kinOf('Invoice '.repeat(10_000))).toBe(null)
  })
})
