import type { JsonObject } from '../../shared/event.ts'

/**
 * A little history: Jane of Acme, whose browser was seen before she signed in, Ole of Globex, a visitor that nobody
 * knows, names good and bad, and two calls that could not be taken.
 */
export const story: readonly JsonObject[] = [
  {
    type: 'page',
    name: 'Pricing',
    anonymousId: 'browser-1',
    messageId: 'm1',
    properties: { path: '/pricing' },
  },
  {
    type: 'identify',
    userId: 'jane',
    anonymousId: 'browser-1',
    messageId: 'm2',
    traits: { name: 'Jane Roe', email: 'jane@acme.example', plan: 'pro' },
  },
  {
    type: 'group',
    userId: 'jane',
    groupId: 'acme',
    messageId: 'm3',
    traits: { name: 'Acme Inc', employees: 120 },
  },
  {
    type: 'track',
    event: 'Invoice Sent',
    userId: 'jane',
    messageId: 'm4',
    context: { groupId: 'acme', library: { name: 'analytics.js', version: '2.1.0' } },
    properties: { total_amount: 120.5, currency: 'EUR', lines: [{ sku: 'a-1' }, { sku: 'b-2' }] },
  },
  {
    type: 'track',
    event: 'Invoice Sent',
    userId: 'ole',
    messageId: 'm5',
    context: { groupId: 'globex' },
    properties: { total_amount: 80, currency: 'SEK' },
  },
  {
    type: 'track',
    event: 'invoice_sent',
    userId: 'jane',
    messageId: 'm6',
    properties: { total: '120' },
  },
  { type: 'track', event: 'Order/Placed 50%', anonymousId: 'browser-2', messageId: 'm6' },
  { type: 'alias', userId: 'jane', previousId: 'jane-before', messageId: 'm7' },
  { type: 'screen', name: 'Settings', userId: 'ole', messageId: 'm8' },
  { type: 'nonsense', userId: 'ole', messageId: 'm9', context: { groupId: 'globex' } },
  {
    type: 'track',
    event: 'Report Exported',
    userId: 'jane',
    messageId: 'm10',
    properties: { format: 'pdf' },
  },
]
