import { describe, expect, it } from 'vitest'
import { findingsOf, fixesOf } from './findings.ts'

const rule = 'metadata/key-casing'

describe('a key in another style', () => {
  const rows: [properties: object, fixes: [string, string][]][] = [
    [{ 'total amount': 1, total_amount: 2 }, [['properties["total amount"]', 'total_amount']]],
    [{ invoice_id: 1, due_date: 2, totalAmount: 3 }, [['properties.totalAmount', 'total_amount']]],
    [{ invoiceId: 1, dueDate: 2, total_amount: 3 }, [['properties.total_amount', 'totalAmount']]],
    [{ invoice_id: 1, due_date: 2, Total: 3 }, [['properties.Total', 'total']]],
    [{ 'Invoice Id': 1, Total: 2, due_date: 3 }, [['properties.due_date', 'Due Date']]],
    [{ 'invoice-id': 1, 'due-date': 2, dueBy: 3 }, [['properties.dueBy', 'due-by']]],
    [{ a_b: 1, c_d: 2, Mixed_case: 3 }, [['properties.Mixed_case', 'mixed_case']]],
    [{ a_b: 1, c_d: 2, items: [{ unitPrice: 1 }] }, [['properties.items[0].unitPrice', 'unit_price']]],
    [{ a_b: 1, c_d: 2, userID: 3 }, [['properties.userID', 'user_id']]],
  ]
  it.each(rows)('in %j is found', (properties, fixes) => {
    expect(fixesOf(rule, properties)).toEqual(fixes)
  })

  it('is found against the style of the source, though the event has one style', () => {
    expect(fixesOf(rule, { invoiceId: 1, dueDate: 2 }, { keyStyle: 'snake_case' })).toEqual([
      ['properties.invoiceId', 'invoice_id'],
      ['properties.dueDate', 'due_date'],
    ])
    expect(findingsOf(rule, { invoice_id: 1 }, { keyStyle: 'snake_case' })).toEqual([])
  })

  it.each([
    { total: 1, invoice_id: 2, plan: 3 },
    { invoiceId: 1, total: 2 },
    { Total: 1, 'Invoice Id': 2 },
    { order_id: 1, utm_source: 2, SKU: 3 },
    { invoiceId: 1, dueDate: 2, utm_source: 'x' },
    { __typename: 1, $set: 2, 'a.b': 3, a_b: 4 },
    { größe: 1, total_amount: 2 },
    { answer_48151623: 1, answerText: 2 },
    {},
  ])('in %j is not', (properties) => {
    expect(findingsOf(rule, properties)).toEqual([])
  })
})

it('keys that the spec names are right in any event of that name', () => {
  const properties = { order_id: 'A', checkoutStep: 1, giftWrap: true, products: [{ product_id: 'B' }] }
  expect(findingsOf(rule, properties, {}, 'Order Completed')).toEqual([])
  // That one is misspelt, which metadata/spec says.
  expect(findingsOf(rule, { orderId: 'A', gift_wrap: true }, {}, 'Order Completed')).toEqual([])
})
