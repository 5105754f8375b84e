import { describe, expect, it } from 'vitest'
import { CompiledPlan } from '../../../electron/engine/analysis/plan/compiled-plan.ts'
import { SafePattern } from '../../../electron/engine/analysis/plan/safe-pattern.ts'
import type { JsonObject } from '../../../shared/event.ts'
import { lint } from '../../../shared/lint/index.ts'
import type { Facts, LintedEvent } from '../../../shared/lint/rule.ts'
import { nearest } from '../../../shared/lint/plan/nearest.ts'
import { readSchema } from '../../../shared/plan/schema.ts'
import { factsWith, linted, track } from './call.ts'

function planOf(schemas: Record<string, JsonObject>): CompiledPlan {
  const events = Object.entries(schemas).map(([name, schema]) => ({
    name,
    description: '',
    schema: readSchema(schema, []),
  }))
  return new CompiledPlan({ name: 'Shop', events })
}

function found(plan: CompiledPlan, properties: unknown, name = 'Order Completed') {
  const { problems, failures } = lint(track(name, properties), factsWith({ plan }))
  expect(failures).toEqual([])
  return problems
    .filter(({ rule }) => rule.startsWith('plan/'))
    .map(({ rule, path, suggestion }) => [rule.slice('plan/'.length), path, suggestion])
}

const shop = planOf({
  'Order Completed': {
    properties: {
      order_id: { type: 'string', pattern: '^o-\\d+$' },
      total: { type: 'number', minimum: 0 },
      'shipping method': { enum: ['Express', 'Standard'] },
      paid_at: { type: 'string', format: 'date-time' },
      gift: { type: ['boolean', 'null'] },
      quantity: { type: 'integer' },
      tags: { type: 'array', items: { type: 'string' } },
      products: {
        type: 'array',
        items: {
          type: 'object',
          properties: { sku: { type: 'string' }, price: { type: 'number' } },
          required: ['sku'],
        },
      },
    },
    required: ['order_id'],
  },
  'Cart Viewed': { properties: { anything: {} }, additionalProperties: true },
  'Signed Out': {},
})

describe('a call of a planned event', () => {
  it('that is as planned has no problem', () => {
    const products = [{ sku: 'a', price: 1.5 }, { sku: 'b' }]
    const call = { order_id: 'o-1', total: 12, 'shipping method': 'Express', gift: null, products }
    expect(found(shop, { ...call, paid_at: '2026-02-03T04:05:06.789Z', quantity: 2, tags: [] })).toEqual([])
    expect(found(shop, { whatever: [1, { a: 2 }] }, 'Cart Viewed')).toEqual([])
    expect(found(shop, { whatever: 1 }, 'Signed Out')).toEqual([])
    expect(found(shop, undefined, 'Signed Out')).toEqual([])
  })

  it('shows what is missing, also inside of lists', () => {
    expect(found(shop, {})).toEqual([['missing-property', 'properties.order_id', null]])
    expect(found(shop, { order_id: 'o-1', products: [{ sku: 'a' }, { price: 2 }] })).toEqual([
      ['missing-property', 'properties.products[1].sku', null],
    ])
  })

  it.each<[JsonObject, string, string | null]>([
    [{ total: '12.5' }, 'properties.total', '12.5'],
    [{ total: 'twelve' }, 'properties.total', null],
    [{ total: '0012' }, 'properties.total', null],
    [{ gift: 'false' }, 'properties.gift', 'false'],
    [{ gift: 1 }, 'properties.gift', 'true'],
    [{ gift: '' }, 'properties.gift', 'null'],
    [{ quantity: 1.5 }, 'properties.quantity', null],
    [{ quantity: '3' }, 'properties.quantity', '3'],
    [{ order_id: 17 }, 'properties.order_id', '"17"'],
    [{ tags: 'new' }, 'properties.tags', '["new"]'],
    [{ tags: ['new', 3] }, 'properties.tags[1]', '"3"'],
    [{ products: '[{"sku":"a"}]' }, 'properties.products', '[{"sku":"a"}]'],
  ])('%j has another type than planned', (properties, path, better) => {
    expect(found(shop, { order_id: 'o-1', ...properties })).toEqual([['wrong-type', path, better]])
  })

  it.each<[JsonObject, string, string | null]>([
    [{ 'shipping method': 'express' }, 'properties["shipping method"]', '"Express"'],
    [{ 'shipping method': 'Exprss' }, 'properties["shipping method"]', '"Express"'],
    [{ 'shipping method': 'Drone' }, 'properties["shipping method"]', null],
    [{ total: -1 }, 'properties.total', null],
    [{ order_id: '17' }, 'properties.order_id', null],
    [{ paid_at: '3.2.2026' }, 'properties.paid_at', null],
  ])('%j has a value that is not permitted', (properties, path, better) => {
    expect(found(shop, { order_id: 'o-1', ...properties })).toEqual([['invalid-value', path, better]])
  })

  it('shows what is not planned, and the key that was probably meant', () => {
    expect(found(shop, { order_id: 'o-1', Total: 3 })).toEqual([
      ['unplanned-property', 'properties.Total', 'total'],
    ])
    expect(found(shop, { order_id: 'o-1', shippingMethod: 'Express' })).toEqual([
      ['unplanned-property', 'properties.shippingMethod', 'shipping method'],
    ])
    expect(found(shop, { order_id: 'o-1', referrer: 'x' })).toEqual([
      ['unplanned-property', 'properties.referrer', null],
    ])
    expect(found(shop, { order_id: 'o-1', products: [{ sku: 'a', prize: 2 }] })).toEqual([
      ['unplanned-property', 'properties.products[0].prize', 'price'],
    ])
    // What is there already was not meant.
    expect(found(shop, { order_id: 'o-1', total: 1, Total: 3 })).toEqual([
      ['unplanned-property', 'properties.Total', null],
    ])
  })
})

describe('an event that is not planned', () => {
  it('is led to the planned name that it is almost', () => {
    expect(found(shop, {}, 'Order Complete')).toEqual([['unplanned-event', 'event', 'Order Completed']])
    expect(found(shop, {}, 'cart_viewed')).toEqual([['unplanned-event', 'event', 'Cart Viewed']])
    expect(found(shop, {}, 'Invoice Sent')).toEqual([['unplanned-event', 'event', null]])
    expect(found(shop, {}, 'constructor')).toEqual([['unplanned-event', 'event', null]])
  })

  it('is none where there is no plan, or no track call', () => {
    const rulesFor = (event: LintedEvent, facts: Partial<Facts>): string[] =>
      lint(event, factsWith(facts)).problems.map(({ rule }) => rule)
    const page = linted({ type: 'page', name: 'Home', userId: 'abc123' })
    expect(rulesFor(track('Invoice Sent'), {}).filter((rule) => rule.startsWith('plan/'))).toEqual([])
    expect(rulesFor(page, { plan: shop }).filter((rule) => rule.startsWith('plan/'))).toEqual([])
  })
})

describe('a schema of its own kind', () => {
  it('is judged by the version of JSON Schema that it names', () => {
    const pairs = { type: 'array', prefixItems: [{ type: 'string' }, { type: 'number' }] }
    const $schema = 'https://json-schema.org/draft/2020-12/schema'
    const call = { pair: ['a', 'b'] }
    expect(found(planOf({ 'Order Completed': { $schema, properties: { pair: pairs } } }), call)).toEqual([
      ['wrong-type', 'properties.pair[1]', null],
    ])
    expect(found(planOf({ 'Order Completed': { properties: { pair: pairs } } }), call)).toEqual([])
  })

  it('with alternatives gets one finding, not one for each', () => {
    const either = planOf({
      'Order Completed': {
        properties: {
          id: { anyOf: [{ type: 'string' }, { type: 'number' }] },
          size: {
            oneOf: [
              { type: 'string', enum: ['S'] },
              { type: 'number', minimum: 3 },
            ],
          },
        },
      },
    })
    expect(found(either, { id: true, size: 1 })).toEqual([
      ['wrong-type', 'properties.id', '"true"'],
      ['invalid-value', 'properties.size', null],
    ])
  })

  it('that refers to definitions is judged by them', () => {
    const money = planOf({
      'Order Completed': {
        definitions: { money: { type: 'number', minimum: 0 } },
        properties: { total: { $ref: '#/definitions/money' }, tax: { $ref: '#/definitions/money' } },
      },
    })
    expect(found(money, { total: -1, tax: 'x' })).toEqual([
      ['wrong-type', 'properties.tax', null],
      ['invalid-value', 'properties.total', null],
    ])
  })
})

describe('a hostile plan', () => {
  /** Milliseconds on the processor. */
  function effort(run: () => void): number {
    const before = process.threadCpuUsage()
    run()
    const { user, system } = process.threadCpuUsage(before)
    return (user + system) / 1_000
  }

  it.each(['(a+)+$', '(a|a)*b', '^(([a-z])+.)+[A-Z]([a-z])+$', '(x+x+)+y', '((a{0,100}){0,100})$'])(
    'can’t hold up analysis with the pattern %s',
    (pattern) => {
      const plan = planOf({ 'Order Completed': { properties: { word: { type: 'string', pattern } } } })
      expect(effort(() => found(plan, { word: `${'a'.repeat(5_000)}!` }))).toBeLessThan(2_000)
    },
  )

  it('can’t hold up analysis by comparing each element with each other one', () => {
    const plan = planOf({ 'Order Completed': { properties: { list: { type: 'array', uniqueItems: true } } } })
    const list = Array.from({ length: 4_900 }, (_unused, index) => ({ index }))
    expect(effort(() => expect(found(plan, { list })).toEqual([]))).toBeLessThan(1_000)
    expect(found(plan, { list: [{ a: 1 }, { a: 1 }] })).toEqual([['invalid-value', 'properties.list', null]])
  })

  it('says nothing about values by a pattern that looks ahead, and goes on', () => {
    expect(new SafePattern('^(?!admin)').test('admin')).toBe(true)
    expect(new SafePattern('^\\d{3}$').test('12')).toBe(false)
    expect(new SafePattern('^[\\u00e4\\p{L}]+$').test('äé')).toBe(true)
  })

  it('leaves calls alone that are too large to be held against it', () => {
    const plan = planOf({ 'Order Completed': { properties: { total: { type: 'number' } } } })
    const many = Object.fromEntries(Array.from({ length: 6_000 }, (_unused, index) => [`key${index}`, 1]))
    expect(found(plan, many)).toEqual([])
    let deep: unknown = 1
    for (let depth = 0; depth < 50_000; depth += 1) deep = { deep }
    expect(found(plan, deep)).toEqual([])
  })

  it('finds at most ten things of a kind in one call', () => {
    const plan = planOf({ 'Order Completed': { properties: { total: { type: 'number' } } } })
    const many = Object.fromEntries(Array.from({ length: 1_000 }, (_unused, index) => [`key${index}`, 1]))
    expect(found(plan, many)).toHaveLength(10)
  })

  it('keeps a bounded number of schemas compiled', () => {
    const names = Array.from({ length: 1_200 }, (_unused, index) => `Order ${index} Completed`)
    const plan = planOf(
      Object.fromEntries(names.map((name) => [name, { properties: { total: { type: 'number' } } }])),
    )
    for (const name of [...names, ...names.slice(0, 3)]) {
      expect(plan.violations(track(name, { total: '1' }))).toHaveLength(1)
    }
  })
})

describe('the word that was meant', () => {
  it.each([
    ['Total', 'total'],
    ['orderId', 'order_id'],
    ['curency', 'currency'],
    ['currnecy', 'currency'],
    ['id', null],
    ['tax', null],
    ['totally_other', null],
  ])('of %s is %s', (word, meant) => {
    expect(nearest(word, ['total', 'order_id', 'currency', 'uid', 'max'])).toBe(meant)
  })
})
