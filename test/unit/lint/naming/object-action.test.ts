import { describe, expect, it } from 'vitest'
import { examplesOf, problemsOf } from './of-a-name.ts'

const rule = 'naming/object-action'

describe('a name without noun and past-tense verb', () => {
  it.each([
    ['Send Invoice', 'Invoice Sent'],
    ['Buy Ticket', 'Ticket Bought'],
    ['Viewing Product', 'Product Viewed'],
    ['Product View', 'Product Viewed'],
    ['File Upload', 'File Uploaded'],
    ['Completed Order', 'Order Completed'],
    ['Roll Back Deployment', 'Deployment Rolled Back'],
    ['User Sign Up', 'User Signed Up'],
    ['Add Product to Wishlist', 'Product Added to Wishlist'],
    ['Logging In', 'Logged In'],
    ['Form Submission', 'Form Submitted'],
    ['Rotate API Key', 'API Key Rotated'],
    ['Freeze Card', 'Card Frozen'],
    ['Trial Begins', 'Trial Began'],
    ['User Clicks Button', 'Button Clicked'],
    ['Admin Deletes User', 'Admin Deleted User'],
    ['Order', null],
    ['Checkout Page', null],
    ['Try It Free', null],
  ])('%s → %s', (name, suggestion) => {
    expect(problemsOf(name)).toMatchObject([{ rule, severity: 'warning', path: 'event', suggestion }])
  })

  it.each([
    ['Send Invoice', /reads like an order to do it/],
    ['Completed Order', /begins with its verb/],
    ['File Upload', /ends in a verb that is not in the past tense/],
    ['Viewing Product', /it is going on/],
    ['Order', /no verb in the past tense/],
  ])('%s is told what is wrong with it', (name, message) => {
    expect(problemsOf(name)[0]?.message).toMatch(message)
  })
})

describe('a good name', () => {
  it.each([
    examplesOf(rule).good,
    'Signed Up',
    'Product Added to Wishlist',
    'Video Playback Started',
    'Password Reset',
    'Lead Lost',
    'API Key Rotated',
    'Two Factor Authentication Enabled',
    'Pull Request Merged',
    'Deployment Rolled Back',
    'Unsubscribed',
    'Bid Set',
    'Story Read',
  ])('%s is left alone', (name) => {
    expect(problemsOf(name)).toEqual([])
  })
})
