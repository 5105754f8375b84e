import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DraftedPlan, ImportedPlanAnswer, PlanCoverage, PlanState } from '../../shared/contract/plan.ts'
import type { JsonObject } from '../../shared/event.ts'
import { serveEngine } from './served-engine.ts'
import type { ServedEngine } from './served-engine.ts'

let engine: ServedEngine

beforeAll(async () => {
  engine = await serveEngine()
})
afterAll(() => engine.stop())

let sent = 0
function order(properties: JsonObject, event = 'Order Completed'): JsonObject {
  sent += 1
  return { type: 'track', event, userId: 'jane', messageId: `m${sent}`, properties }
}

async function planProblems(query = ''): Promise<[string, string | null][]> {
  await engine.analysed()
  const events = await engine.events(query)
  return events.flatMap(({ event, problems }) =>
    problems.flatMap(({ rule }): [string, string | null][] =>
      rule.startsWith('plan/') ? [[rule, event]] : [],
    ),
  )
}

/** Beside Order Completed; first those that are named as they should be. */
const alike = ['Orders Completed', 'Order Complted', 'order_completed']
const shop = {
  name: 'Shop',
  events: [
    {
      name: 'Order Completed',
      description: 'The order is paid',
      schema: {
        properties: { order_id: { type: 'string' }, total: { type: 'number' } },
        required: ['order_id'],
      },
    },
    { name: 'Cart Viewed', schema: { type: 'object', additionalProperties: true } },
  ],
}

describe('the tracking plan', () => {
  it('is none at first, and says so', async () => {
    expect(await engine.get<PlanState>('/plan')).toEqual({ plan: null, changedAt: null, file: null })
    expect(await engine.refusal('GET', '/plan/export')).toMatchObject({ status: 404, code: 'PLAN_MISSING' })
    expect(await engine.api<DraftedPlan>('POST', '/plan/draft', {})).toMatchObject({ plan: null, events: 0 })
  })

  it('is drawn up from what was captured', async () => {
    const sizes = ['S', 'M', 'L']
    const calls = Array.from({ length: 30 }, (_unused, index) =>
      order({
        order_id: `o-${index}`,
        total: index + 0.5,
        size: sizes[index % 3],
        ...(index > 3 ? { coupon: 'X' } : {}),
      }),
    )
    await engine.capture([...calls, order({ step: 1 }, 'Order 12345 Completed')])
    const { plan, events, leftOut, changes } = await engine.api<DraftedPlan>('POST', '/plan/draft', {
      dryRun: true,
    })
    expect(events).toBe(30)
    expect(leftOut).toEqual(['Order 12345 Completed'])
    expect(plan?.events).toEqual([
      {
        name: 'Order Completed',
        description: '',
        schema: {
          type: 'object',
          properties: {
            order_id: { type: 'string' },
            total: { type: 'number' },
            size: { type: 'string', enum: ['L', 'M', 'S'] },
            coupon: { type: 'string' },
          },
          required: ['order_id', 'total', 'size'],
        },
      },
    ])
    expect(changes).toMatchObject([{ name: 'Order Completed', kind: 'added' }])
    expect(await engine.get('/plan')).toMatchObject({ plan: null })
    expect(
      await engine.api<DraftedPlan>('POST', '/plan/draft', { query: 'properties.total:>1000', dryRun: true }),
    ).toMatchObject({ plan: null })
    expect(
      await engine.api<DraftedPlan>('POST', '/plan/draft', { query: 'problem:naming/dynamic', dryRun: true }),
    ).toMatchObject({ plan: null, leftOut: ['Order 12345 Completed'] })
    expect(await engine.refusal('POST', '/plan/draft', { query: 'total:(' })).toMatchObject({
      code: 'QUERY_SYNTAX',
    })
  })

  it('is held against what was captured before it', async () => {
    await engine.capture([order({ total: '12' }), order({}, 'Orders Completed')])
    expect(await planProblems()).toEqual([])
    const state = await engine.api<PlanState>('PUT', '/plan', shop)
    expect(state.plan?.events[1]).toEqual({
      name: 'Cart Viewed',
      description: '',
      schema: { type: 'object', additionalProperties: true },
    })
    expect(await planProblems('properties.total:"12"')).toEqual([
      ['plan/missing-property', 'Order Completed'],
      ['plan/wrong-type', 'Order Completed'],
    ])
    expect(await planProblems('event:"Orders Completed"')).toEqual([
      ['plan/unplanned-event', 'Orders Completed'],
    ])
  })

  it('tells what has come and what has not', async () => {
    const { planned, unplanned } = await engine.get<PlanCoverage>('/plan/coverage')
    expect(planned).toMatchObject([
      { name: 'Order Completed', events: 31, lastSeenAt: expect.any(String) as string },
      { name: 'Cart Viewed', events: 0, problems: 0, lastSeenAt: null },
    ])
    expect(planned[0]?.problems).toBeGreaterThan(1)
    expect(unplanned).toBe(2)
    expect(await engine.get('/plan/expected')).toEqual({ expected: ['Cart Viewed'], seen: 1 })
    expect(await engine.get('/plan/expected?query=properties.total:12')).toEqual({
      expected: ['Cart Viewed'],
      seen: 1,
    })
    const { planned: found } = await engine.get<PlanCoverage>('/plan/coverage?query=properties.total:12')
    expect(found[0]).toMatchObject({ events: 1, problems: 2 })
    const { planned: broken } = await engine.get<PlanCoverage>('/plan/coverage?query=problem:plan/wrong-type')
    expect(broken[0]).toMatchObject({ events: 1, problems: 2 })
    expect(await engine.get('/plan/expected?query=user:nobody')).toEqual({
      expected: ['Order Completed', 'Cart Viewed'],
      seen: 0,
    })
  })

  it('is drawn up for one of the names that look alike', async () => {
    await engine.capture([order({ total: 1 }, 'order_completed'), order({}, 'Order Complted')])
    const { plan, leftOut, lookAlikes, events } = await engine.api<DraftedPlan>('POST', '/plan/draft', {
      keep: false,
      dryRun: true,
    })
    expect(plan?.events.map(({ name }) => name)).toEqual(['Order Completed'])
    expect(events).toBe(31)
    expect(leftOut).toEqual(['Order 12345 Completed'])
    const instead = { events: 1, taken: 'Order Completed', reason: 'more-events' }
    expect(lookAlikes).toEqual(alike.map((name) => ({ name, ...instead })))
    const { plan: narrowed } = await engine.api<DraftedPlan>('POST', '/plan/draft', {
      query: 'event:order_completed',
      keep: false,
      dryRun: true,
    })
    expect(narrowed?.events.map(({ name }) => name)).toEqual(['order_completed'])
  })

  it('keeps what was agreed on when it is drawn up again', async () => {
    await engine.capture([order({ rating: 4.5 }, 'Product Rated')])
    const { plan, changes, lookAlikes } = await engine.api<DraftedPlan>('POST', '/plan/draft', {
      dryRun: true,
    })
    expect(plan?.events.slice(0, 2).map(({ description }) => description)).toEqual(['The order is paid', ''])
    expect(changes.map(({ name, kind }) => [name, kind])).toEqual([['Product Rated', 'added']])
    const instead = { events: 1, taken: 'Order Completed', reason: 'planned' }
    expect(lookAlikes).toEqual(alike.map((name) => ({ name, ...instead })))
  })

  it.each([
    ['csv', 'shop.csv'],
    ['json-schema', 'shop.json'],
    ['markdown', 'shop.md'],
    ['typescript', 'shop.d.ts'],
  ])('is exported as %s', async (format, name) => {
    const { fileName, content } = await engine.get<{ fileName: string; content: string }>(
      `/plan/export?format=${format}`,
    )
    expect(fileName).toBe(name)
    expect(content).toContain('Order Completed')
  })

  it('tells what an import would change, and then does it', async () => {
    const text = 'Event,Property,Type,Required\r\nOrder Completed,order_id,integer,yes\r\n'
    const told = await engine.api<ImportedPlanAnswer>('POST', '/plan/import', {
      text,
      keep: true,
      dryRun: true,
    })
    expect(told.format).toBe('csv')
    expect(told.changes).toEqual([
      {
        name: 'Order Completed',
        kind: 'changed',
        hasNewDescription: true,
        properties: [
          { path: 'order_id', kind: 'changed', what: ['type'] },
          { path: 'total', kind: 'removed', what: [] },
        ],
      },
    ])
    expect((await engine.get<PlanState>('/plan')).plan?.events).toHaveLength(2)
    await engine.api('POST', '/plan/import', { text })
    const { plan } = await engine.get<PlanState>('/plan')
    expect(plan?.events.map(({ name }) => name)).toEqual(['Order Completed'])
    expect(await planProblems('event:"Product Rated"')).toEqual([['plan/unplanned-event', 'Product Rated']])
  })

  it('takes nothing over from a file that is broken, and says where', async () => {
    const before = await engine.get<PlanState>('/plan')
    const text = 'Event,Property,Type,Required\nCart Viewed,total,number,no\nCart Viewed,step,number,maybe\n'
    expect(await engine.refusal('POST', '/plan/import', { text, file: 'shop.csv' })).toMatchObject({
      status: 400,
      code: 'PLAN_UNREADABLE',
      data: { file: 'shop.csv', line: 3, column: 4 },
      message: expect.stringContaining(
        'shop.csv, line 3, column 4: expected yes or no; found "maybe".',
      ) as string,
    })
    expect(await engine.get<PlanState>('/plan')).toEqual(before)
  })

  it('takes nothing over from a file with a schema that no validator takes, and says where', async () => {
    const before = await engine.get<PlanState>('/plan')
    const text = '{\n  "title": "Cart Viewed",\n  "properties": {\n    "total": { "multipleOf": 0 }\n  }\n}'
    for (const keep of [false, true]) {
      expect(await engine.refusal('POST', '/plan/import', { text, file: 'cart.json', keep })).toMatchObject({
        status: 400,
        code: 'PLAN_INVALID',
        data: { file: 'cart.json', line: 4, column: 30 },
        message: expect.stringContaining(
          'cart.json, line 4, column 30: the schema of "Cart Viewed" can’t be used: properties.total.multipleOf must be > 0.',
        ) as string,
      })
    }
    expect(await engine.get<PlanState>('/plan')).toEqual(before)
  })

  it.each<[string, JsonObject[], RegExp]>([
    [
      'an unknown type',
      [{ name: 'A', schema: { properties: { a: { type: 'money' } } } }],
      /events\.0\.schema\.properties\.a\.type: expected string/,
    ],
    [
      'an event that is there twice',
      [
        { name: 'A', schema: {} },
        { name: 'A', schema: {} },
      ],
      /"A" is there twice/,
    ],
    [
      'a reference into the network',
      [{ name: 'A', schema: { $ref: 'http://localhost/a.json' } }],
      /expected a reference within/,
    ],
    ['a reference without end', [{ name: 'A', schema: { $ref: '#' } }], /refers to itself/],
    [
      'what no validator takes',
      [{ name: 'A', schema: { properties: { a: { multipleOf: 0 } } } }],
      /events\.0\.schema\.properties\.a\.multipleOf: the schema of "A" can’t be used: .*multipleOf/,
    ],
  ])('does not become one with %s', async (_what, events, message) => {
    const before = await engine.get<PlanState>('/plan')
    const refusal = await engine.refusal('PUT', '/plan', { name: 'Shop', events })
    expect(refusal).toMatchObject({
      status: 400,
      code: 'PLAN_INVALID',
      message: expect.stringMatching(message) as string,
    })
    expect(await engine.get<PlanState>('/plan')).toEqual(before)
  })

  it('is there after a start, which judges nothing again', async () => {
    const { data } = engine
    const problems = await planProblems()
    expect(problems.length).toBeGreaterThan(0)
    await engine.close()
    engine = await serveEngine({ data })
    const { analysedUpTo, lastEventId } = await engine.get<{ analysedUpTo: number; lastEventId: number }>(
      '/status',
    )
    expect(analysedUpTo).toBe(lastEventId)
    expect(await planProblems()).toEqual(problems)
    expect((await engine.get<PlanState>('/plan')).plan?.name).toBe('Tracking plan')
  })

  it('leaves no trace once it is removed', async () => {
    await engine.api('DELETE', '/plan')
    expect(await engine.get<PlanState>('/plan')).toEqual({ plan: null, changedAt: null, file: null })
    expect(await planProblems()).toEqual([])
  })
})
