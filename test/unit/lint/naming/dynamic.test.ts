import { describe, expect, it } from 'vitest'
import { examplesOf, problemsOf } from './of-a-name.ts'

const rule = 'naming/dynamic'

describe('a name with a value in it', () => {
  it.each([
    ['Order 1234 Completed', 'a number', 'order_id', 'Order Completed'],
    ['Order #1234 Completed', 'an id', 'order_id', 'Order Completed'],
    ['User jane@example.com Invited', 'an e-mail address', 'email', 'User Invited'],
    ['Session 7c9e6679-7425-40de-944b-e07fc1f90ae7 Started', 'a UUID', 'session_id', 'Session Started'],
    ['session_7c9e6679_7425_40de_944b_e07fc1f90ae7_started', 'a UUID', 'session_id', 'Session Started'],
    ['Page https://example.com/pricing Viewed', 'a URL', 'url', 'Page Viewed'],
    ['Link shop.example.com Clicked', 'a domain', 'domain', 'Link Clicked'],
    ['Report 2024-03-31 Exported', 'a date', 'date', 'Report Exported'],
    ['Payment of $49.99 Received', 'an amount', 'amount', 'Payment Received'],
    ['Login from 192.168.10.24 Blocked', 'an IP address', 'ip', 'Login Blocked'],
    ['App 4.12.1 Installed', 'a version', 'version', 'App Installed'],
    ['Discount of 15% Applied', 'a percentage', 'percent', 'Discount Applied'],
    ['Page /pricing/teams Viewed', 'a path', 'path', 'Page Viewed'],
    ['Plan ${plan} Selected', 'a placeholder that was never filled in', 'value', 'Plan Selected'],
    ['Plan undefined Selected', 'a value that was lost', 'value', 'Plan Selected'],
    ['Send Invoice INV-2024', 'an id', 'invoice_id', 'Invoice Sent'],
  ])('%s: %s goes into %s', (name, what, property, suggestion) => {
    const [problem, ...more] = problemsOf(name)
    expect(more).toEqual([])
    expect(problem).toMatchObject({ rule, severity: 'error', path: 'event', suggestion })
    expect(problem?.message).toContain(`has ${what} in it`)
    expect(problem?.message).toMatch(new RegExp(`as the property \`${property}\`$`))
  })
})

describe('a number that belongs to the name', () => {
  it.each([
    examplesOf(rule).good,
    '404 Page Viewed',
    'Office 365 Connected',
    '2FA Enabled',
    'Step 3 Completed',
    '1000 Points Earned',
    'MP3 Downloaded',
  ])('%s is left alone', (name) => {
    expect(problemsOf(name)).toEqual([])
  })
})
