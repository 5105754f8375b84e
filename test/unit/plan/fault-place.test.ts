import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { planFromText } from '../../../electron/engine/analysis/plan/plan-from-text.ts'
import { TracksideError } from '../../../shared/contract/errors.ts'
import { exportPlan } from '../../../shared/plan/export/index.ts'

/** What is told of a plan, and the text that stands at the place that is told. */
async function told(text: string, file: string): Promise<{ code: string; at: string; message: string }> {
  try {
    await planFromText({ text, file, format: 'auto' }, null)
  } catch (error) {
    if (!(error instanceof TracksideError)) throw error
    const { line, column } = error.data
    expect(error.message).toContain(`${file}, line ${String(line)}, column ${String(column)}: `)
    const at =
      text
        .split('\n')
        [Number(line) - 1]?.slice(Number(column) - 1)
        .replace(/,$/, '') ?? ''
    return { code: error.code, at, message: error.message }
  }
  throw new Error('it can be judged by')
}

const lines = (value: unknown): string => JSON.stringify(value, null, 2)
const money = { type: 'number', multipleOf: 0 }
const newDialect = 'https://json-schema.org/draft/2020-12/schema'
const rudderStack = readFileSync(new URL('../../fixtures/plans/rudderstack-v1.yaml', import.meta.url), 'utf8')

describe('a schema that no validator takes is told with its place', () => {
  it.each<[string, string, string, string, RegExp]>([
    [
      'in a plan that was exported here',
      'plan.json',
      exportPlan(
        {
          name: 'Shop',
          events: [
            { name: 'Cart Viewed', description: '', schema: { type: 'object' } },
            { name: 'Order Completed', description: '', schema: { properties: { total: money } } },
          ],
        },
        'json-schema',
      ).content,
      '0',
      /the schema of "Order Completed" can’t be used: properties\.total\.multipleOf must be > 0\./,
    ],
    [
      'in a definition that a property refers to',
      'plan.json',
      lines({
        title: 'Order Completed',
        properties: { total: { $ref: '#/definitions/money', description: 'Paid' } },
        definitions: { money },
      }),
      '0',
      /properties\.total\.multipleOf must be > 0/,
    ],
    [
      'beside the reference',
      'plan.json',
      lines({
        title: 'Order Completed',
        properties: { total: { $ref: '#/definitions/money', readOnly: 'yes' } },
        definitions: { money: { type: 'number' } },
      }),
      '"yes"',
      /properties\.total\.readOnly must be boolean/,
    ],
    [
      'in a neighbour among definitions',
      'plan.json',
      lines({
        $schema: newDialect,
        $defs: {
          'Cart Viewed': { properties: { items: { $ref: '#/$defs/Paid/properties/total' } } },
          Paid: { properties: { total: { items: [{ type: 'string' }] } } },
        },
      }),
      '[',
      /the schema of "Cart Viewed" can’t be used: properties\.items\.items must be object,boolean/,
    ],
    [
      'in a schema of the whole call',
      'plan.json',
      lines([
        {
          title: 'Order Completed',
          properties: { event: { const: 'Order Completed' }, properties: { properties: { total: money } } },
        },
      ]),
      '0',
      /properties\.total\.multipleOf/,
    ],
    [
      'in alternatives, and the way there',
      'plan.json',
      lines({ title: 'A', properties: { 'a/b': { anyOf: [{ type: 'string' }, { items: money }] } } }),
      '0',
      /properties\.a\/b\.anyOf\.1\.items\.multipleOf must be > 0/,
    ],
    [
      'in a plan of Segment',
      'plan.json',
      lines({
        rules: [
          {
            type: 'TRACK',
            key: 'Order Completed',
            jsonSchema: {
              definitions: { money },
              properties: { properties: { properties: { total: { $ref: '#/definitions/money' } } } },
            },
          },
        ],
      }),
      '0',
      /properties\.total\.multipleOf/,
    ],
    [
      'in the format before it',
      'plan.json',
      lines({
        rules: {
          events: [
            {
              name: 'Order Completed',
              rules: { properties: { properties: { properties: { total: { enum: [1, 1] } } } } },
            },
          ],
        },
      }),
      '[',
      /properties\.total\.enum must not have the same value twice/,
    ],
    [
      'in a property of a RudderStack project',
      'plan.yaml',
      rudderStack.replace('min_length: 3', 'multiple_of: 0'),
      '0',
      /the schema of "Order Completed" can’t be used: properties\.order_id\.multipleOf must be > 0/,
    ],
    [
      'in a custom type of a RudderStack project',
      'plan.yaml',
      rudderStack.replace("pattern: '^\\d{5}$'", 'multipleOf: -1'),
      '-1',
      /properties\.address\.properties\.zip\.multipleOf must be > 0/,
    ],
    [
      'in a table, with the row that its event begins with',
      'plan.csv',
      'Event,Property,Other rules\nCart Viewed,items,\nOrder Completed,id,\n,total,"{""multipleOf"": 0}"\n',
      'Order Completed,id',
      /properties\.total\.multipleOf must be > 0/,
    ],
  ])('%s', async (_what, file, text, at, message) => {
    const fault = await told(text, file)
    expect(fault.code).toBe('PLAN_INVALID')
    expect(fault.message).toMatch(message)
    expect(fault.at).toBe(at)
  })
})

describe('what is not in the expected shape is told with its place', () => {
  it.each<[string, string, string, string, RegExp]>([
    [
      'an event that is there twice',
      'plan.json',
      lines([
        { title: 'Cart Viewed', type: 'object' },
        { type: 'object', title: 'Cart Viewed' },
      ]),
      '"Cart Viewed"',
      /the event "Cart Viewed" is there twice/,
    ],
    [
      'a definition that is referred to',
      'plan.json',
      lines({
        title: 'Order Completed',
        properties: { total: { $ref: '#/definitions/money' } },
        definitions: { money: { type: 'money' } },
      }),
      '"money"',
      /expected string, number/,
    ],
    [
      'a property of a RudderStack project',
      'plan.yaml',
      rudderStack.replace('min_length: 3', 'min_length: three'),
      'three',
      /expected a whole number from 0 up; found "three"/,
    ],
    [
      'an element of a list in a RudderStack project',
      'plan.yaml',
      rudderStack.replace('item_type: string', 'item_type: text'),
      'text',
      /expected string, number/,
    ],
    [
      'a rule that is there twice in a RudderStack project',
      'plan.yaml',
      rudderStack.replace("event: '#event:page'", "event: '#event:order_completed'"),
      'type: event_rule',
      /the event "Order Completed" is there twice/,
    ],
  ])('%s', async (_what, file, text, at, message) => {
    const fault = await told(text, file)
    expect(fault.code).toBe('PLAN_UNREADABLE')
    expect(fault.message).toMatch(message)
    expect(fault.at).toBe(at)
  })
})
