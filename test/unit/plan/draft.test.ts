import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CompiledPlan } from '../../../electron/engine/analysis/plan/compiled-plan.ts'
import type { JsonObject } from '../../../shared/event.ts'
import { checkPlan } from '../../../shared/plan/check.ts'
import { PlanDraft } from '../../../shared/plan/draft.ts'
import { track } from '../lint/call.ts'

function drawnUp(calls: readonly JsonObject[]): JsonObject {
  const draft = new PlanDraft()
  for (const properties of calls) draft.add('Order Completed', properties)
  return draft.plan('Shop').events[0]?.schema ?? {}
}

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_unused, index) => make(index))

describe('a property', () => {
  const kinds: [string, JsonObject[], JsonObject][] = [
    [
      'that counts is a whole number',
      times(9, (index) => ({ quantity: index })),
      { quantity: { type: 'integer' } },
    ],
    [
      'that measures is a number, though it was whole so far',
      times(9, (index) => ({ total: index })),
      { total: { type: 'number' } },
    ],
    ['that was whole and broken is a number', [{ level: 1 }, { level: 1.5 }], { level: { type: 'number' } }],
    [
      'that was nothing at times may be null',
      [{ note: null }, { note: 'a' }],
      { note: { type: ['null', 'string'] } },
    ],
    [
      'that is a time has its format',
      [{ at: '2026-01-31T10:00:00Z' }, { at: '2026-02-01T10:00:00.5+01:00' }],
      { at: { type: 'string', format: 'date-time' } },
    ],
    [
      'that was no time once has none',
      [{ at: '2026-01-31T10:00:00Z' }, { at: '2026-02-31T10:00:00Z' }],
      { at: { type: 'string' } },
    ],
    [
      'that is an address has its format',
      [{ to: 'jane@acme.example' }],
      { to: { type: 'string', format: 'email' } },
    ],
    [
      'that is a UUID has its format',
      [{ ref: '7f1c2d3e-0000-4000-8000-00000000e09a' }],
      { ref: { type: 'string', format: 'uuid' } },
    ],
    [
      'that is a link has its format',
      [{ link: 'https://acme.example/a?b=c' }],
      { link: { type: 'string', format: 'uri' } },
    ],
    [
      'of few values lists them',
      times(24, (index) => ({ size: ['S', 'M', 'L'][index % 3] })),
      { size: { type: 'string', enum: ['L', 'M', 'S'] } },
    ],
    [
      'of few values in few events lists none',
      times(9, (index) => ({ size: ['S', 'M'][index % 2] })),
      { size: { type: 'string' } },
    ],
    [
      'of one value alone lists none',
      times(40, () => ({ currency: 'EUR' })),
      { currency: { type: 'string' } },
    ],
    [
      'that names somebody lists none',
      times(40, (index) => ({ user_id: ['a', 'b'][index % 2] })),
      { user_id: { type: 'string' } },
    ],
    [
      'whose type was another one by mistake keeps its own',
      times(40, (index) => ({ name: index === 7 ? 7 : 'x' })),
      { name: { type: 'string' } },
    ],
  ]
  it.each(kinds)('%s', (_what, calls, properties) => {
    expect(drawnUp(calls)['properties']).toEqual(properties)
  })
})

it('is required where it was always there, also inside of lists', () => {
  const calls = [
    { id: 'a', lines: [{ sku: 'x', price: 1.5 }, { sku: 'y' }] },
    { id: 'b', lines: [], coupon: 'X' },
  ]
  expect(drawnUp(calls)).toMatchObject({
    required: ['id', 'lines'],
    properties: { lines: { type: 'array', items: { type: 'object', required: ['sku'] } } },
  })
})

it('takes an object whose keys are data for one', () => {
  const calls = times(60, (index) => ({ by_day: { [`day-${index}`]: 1 } }))
  expect(drawnUp(calls)['properties']).toEqual({ by_day: { type: 'object', additionalProperties: true } })
})

it('finds nothing wrong with the calls that it was drawn up from', () => {
  const value = fc.oneof(
    fc.string(),
    fc.emailAddress(),
    fc.uuid(),
    fc.webUrl({ withQueryParameters: true }),
    fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.jsonValue({ maxDepth: 3 }),
  )
  const key = fc.constantFrom('total', 'id', 'size', 'at', 'a.b', 'constructor')
  const call = fc.dictionary(key, value)
  fc.assert(
    fc.property(fc.array(call, { minLength: 1, maxLength: 15 }), (calls) => {
      const draft = new PlanDraft()
      for (const properties of calls) draft.add('Order Completed', properties)
      const plan = new CompiledPlan(checkPlan(draft.plan('Shop')))
      for (const properties of calls)
        expect(plan.violations(track('Order Completed', properties))).toEqual([])
    }),
    { numRuns: 300 },
  )
})

it('takes the elements of a long list in one call for one example', () => {
  const rows = [{ sizes: times(20, () => 1) }, { sizes: ['large'] }]
  expect(drawnUp([{ rows }])['properties']).toMatchObject({
    rows: { items: { properties: { sizes: { items: { type: ['integer', 'string'] } } } } },
  })
})
