import { describe, expect, it } from 'vitest'
import { defaultLintConfig } from '../../../../shared/lint/index.ts'
import { semanticEvents } from '../../../../shared/spec/semantic-events.ts'
import { findingsOf, fixesOf } from './findings.ts'

const rule = 'metadata/spec'

function fixes(name: string, properties: object) {
  return fixesOf(rule, properties, {}, name)
}

describe('of a semantic event', () => {
  const misspelt: [name: string, properties: object, path: string, right: string][] = [
    ['Order Completed', { orderId: 'A' }, 'properties.orderId', 'order_id'],
    ['Order Completed', { 'Order ID': 'A' }, 'properties["Order ID"]', 'order_id'],
    ['Order Completed', { order_id: 'A', shiping: 5 }, 'properties.shiping', 'shipping'],
    ['Order Completed', { order_id: 'A', afiliation: 'x' }, 'properties.afiliation', 'affiliation'],
    ['Product Viewed', { sku: 'A', imageUrl: 'x' }, 'properties.imageUrl', 'image_url'],
    [
      'Order Completed',
      { order_id: 'A', products: [{ productId: 'B' }] },
      'properties.products[0].productId',
      'product_id',
    ],
    ['Order Completed', { order_id: 'A', product: [{ sku: 'B' }] }, 'properties.product', 'products'],
    [
      'Experiment Viewed',
      { experimentId: 'a', variation_name: 'b' },
      'properties.experimentId',
      'experiment_id',
    ],
    ['Video Playback Started', { sessionId: 'a' }, 'properties.sessionId', 'session_id'],
  ]
  it.each(misspelt)('%s: a key of %j is misspelt', (name, properties, path, right) => {
    expect(fixes(name, properties)).toEqual([[path, right]])
  })

  const mistyped: [name: string, properties: object, path: string, suggestion: string | null][] = [
    ['Order Completed', { order_id: 50314 }, 'properties.order_id', '"50314"'],
    ['Order Completed', { order_id: 'A', total: 'a lot' }, 'properties.total', null],
    ['Order Completed', { order_id: 'A', products: 'shoes' }, 'properties.products', null],
    ['Order Completed', { order_id: 'A', products: [{ sku: 7 }] }, 'properties.products[0].sku', '"7"'],
    ['Application Opened', { from_background: 'no' }, 'properties.from_background', null],
    ['Push Notification Received', { campaign: 'spring' }, 'properties.campaign', null],
  ]
  it.each(mistyped)('%s: a value of %j has another type', (name, properties, path, suggestion) => {
    expect(fixes(name, properties)).toEqual([[path, suggestion]])
  })

  const unidentified: [name: string, properties: object, paths: string[]][] = [
    ['Order Completed', { total: 5 }, ['properties.order_id']],
    ['Order Completed', { order_id: '' }, ['properties.order_id']],
    ['Order Refunded', {}, ['properties.order_id']],
    ['Product Viewed', { name: 'Shoe' }, ['properties.product_id']],
    [
      'Order Completed',
      { order_id: 'A', products: [{ sku: 'B' }, { price: 5 }, { price: 6 }] },
      ['properties.products[1].product_id'],
    ],
    ['Experiment Viewed', { experiment_name: 'a' }, ['properties.variation_id']],
    ['Video Playback Started', { position: 0 }, ['properties.session_id']],
  ]
  it.each(unidentified)('%s: %j does not say which one', (name, properties, paths) => {
    expect(fixes(name, properties).map(([path]) => path)).toEqual(paths)
  })

  const clean: [name: string, properties: object][] = [
    ['Order Completed', { order_id: 'A', gift: true, giftMessage: 'x', coupons: ['A'], products: [] }],
    ['Order Completed', { order_id: 'A', orderId: 'A' }],
    ['Order Completed', { order_id: 'A', grand: 'x', brands: ['A'] }],
    // What is said of these elsewhere is not said again.
    ['Order Completed', { order_id: 'A', total: '12.50', revenue: 'x', currency: 5 }],
    ['Product Reviewed', { product_id: 'A', rating: 5 }],
    ['Promotion Viewed', { name: 'Spring', position: 1 }],
    ['Cart Viewed', { cart_id: 'c_1', items: 2 }],
    ['Coupon Applied', { code: 'SPRING' }],
    ['Application Foregrounded', { anything: 1 }],
    ['Message Sent', { conversation_id: 'A', length: 5 }],
    ['Invoice Sent', { orderId: 'A' }],
  ]
  it.each(clean)('%s: nothing is wrong with %j', (name, properties) => {
    expect(findingsOf(rule, properties, {}, name)).toEqual([])
  })
})

it('a team that writes its names in another style means the same events', () => {
  const config = { ...defaultLintConfig, style: 'snake_case' } as const
  expect(findingsOf(rule, { total: 5 }, { config }, 'order_completed')).toHaveLength(1)
  expect(findingsOf(rule, { total: 5 }, {}, 'order_completed')).toEqual([])
})

it('an event of the spec without any metadata lacks what identifies it', () => {
  expect(fixesOf(rule, undefined, {}, 'Order Completed')).toEqual([['properties.order_id', 'order_id']])
})

it('knows all events of the spec', () => {
  expect(semanticEvents.size).toBe(87)
  for (const [name, { properties, identifiedBy, inside }] of semanticEvents) {
    expect(name).toMatch(/^[A-Z][A-Za-z ]+$/)
    for (const key of [...identifiedBy.flat(), ...inside.keys()])
      expect([...properties.types.keys()]).toContain(key)
  }
})

it('a thousand products that lack the same make one finding', () => {
  const products = Array.from({ length: 1_000 }, () => ({ price: 5 }))
  expect(fixes('Order Completed', { order_id: 'A', products })).toHaveLength(1)
})
