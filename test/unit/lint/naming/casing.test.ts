import { describe, expect, it } from 'vitest'
import { examplesOf, problemsOf } from './of-a-name.ts'

const rule = 'naming/casing'

describe('a name that is not in Title Case', () => {
  it.each([
    ['order_completed', 'Order Completed', 'in snake_case'],
    ['orderCompleted', 'Order Completed', 'in camelCase'],
    ['OrderCompleted', 'Order Completed', 'in PascalCase'],
    ['order-completed', 'Order Completed', 'in kebab-case'],
    ['order.completed', 'Order Completed', 'joined by punctuation'],
    ['ORDER COMPLETED', 'Order Completed', 'in capitals'],
    ['ORDER_COMPLETED', 'Order Completed', 'in capitals'],
    ['invoice sent', 'Invoice Sent', 'in small letters'],
    ['Invoice sent', 'Invoice Sent', 'only partly capitalised'],
    ['purchased', 'Purchased', 'in small letters'],
    ['user_signed_up', 'User Signed Up', 'in snake_case'],
    ['api_key_rotated', 'API Key Rotated', 'in snake_case'],
    ['githubAccountLinked', 'GitHub Account Linked', 'in camelCase'],
    ['iOSAppOpened', 'iOS App Opened', 'in camelCase'],
    ['product_added_to_wishlist', 'Product Added to Wishlist', 'in snake_case'],
    ['send_invoice', 'Invoice Sent', 'in snake_case'],
    ['orderStatus', null, 'in camelCase'],
  ])('%s → %s', (name, suggestion, style) => {
    const [problem, ...more] = problemsOf(name)
    expect(more).toEqual([])
    expect(problem).toMatchObject({ rule, severity: 'warning', path: 'event', suggestion })
    expect(problem?.message).toContain(`“${name}” is ${style}, not Title Case`)
  })
})

describe('a name in Title Case', () => {
  it.each([
    examplesOf(rule).good,
    'Order Completed',
    'Product Added To Wishlist',
    'iOS App Opened',
    'GitHub Account Linked',
    'dbt Run Started',
    'XYZ Report Exported',
    '2FA Code Entered',
    'E-Mail Sent',
  ])('%s is left alone', (name) => {
    expect(problemsOf(name)).toEqual([])
  })
})
