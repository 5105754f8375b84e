import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { TracksideError } from '../../../shared/contract/errors.ts'
import { readPlan } from '../../../shared/plan/import/read-plan.ts'

const fixture = (file: string): string =>
  readFileSync(new URL(`../../fixtures/plans/${file}`, import.meta.url), 'utf8')

/** Where the text breaks, and what was expected there. */
function mistake(text: string, file = 'plan'): { line: unknown; column: unknown; detail: unknown } {
  try {
    readPlan(text, file)
  } catch (error) {
    if (!(error instanceof TracksideError)) throw error
    expect(error.code).toBe('PLAN_UNREADABLE')
    const { line, column, detail } = error.data
    return { line, column, detail }
  }
  throw new Error('it was read')
}

const order = {
  name: 'Order Completed',
  description: 'The order is paid',
}

describe('a plan of Segment', () => {
  it('is read from an answer of the Public API: the latest version of each track event', () => {
    const { plan, format, notes } = readPlan(fixture('segment-public-api.json'), '')
    expect(format).toBe('segment')
    expect(plan).toEqual({
      name: 'Segment tracking plan',
      events: [
        {
          ...order,
          schema: {
            type: 'object',
            properties: {
              order_id: { type: 'string', description: 'As on the invoice' },
              total: { type: ['number', 'null'] },
              products: {
                type: 'array',
                items: { type: 'object', properties: { sku: { type: 'string' } }, required: ['sku'] },
              },
            },
            required: ['order_id'],
          },
        },
      ],
    })
    expect(notes).toHaveLength(3)
  })

  it('is read in the format before it, which Typewriter keeps', () => {
    expect(readPlan(fixture('segment-config-api.json'), 'plan.json')).toEqual({
      format: 'segment',
      notes: [],
      plan: {
        name: 'Shop',
        events: [
          {
            name: 'Cart Viewed',
            description: 'The cart is open',
            schema: { type: 'object', properties: { items: { type: 'integer' } } },
          },
        ],
      },
    })
  })

  it('is read from the table of its editor', () => {
    const { plan, format } = readPlan(fixture('segment-editor.csv'), '')
    expect(format).toBe('csv')
    expect(plan.events).toEqual([
      {
        ...order,
        schema: {
          type: 'object',
          properties: {
            order_id: { type: 'string', description: 'As on the invoice' },
            season: { type: 'string', enum: ['fall', 'winter', 'spring'] },
            paid_at: { type: 'string', format: 'date-time' },
            code: { type: 'string', pattern: '^[A-Z]{3}$' },
            products: {
              type: 'array',
              items: { type: 'object', properties: { sku: { type: 'string' } }, required: ['sku'] },
            },
          },
          required: ['order_id', 'paid_at', 'products'],
        },
      },
    ])
  })
})

describe('a plan of RudderStack', () => {
  it('is read with the events, properties and types that it refers to', () => {
    const { plan, format, notes } = readPlan(fixture('rudderstack-v1.yaml'), '')
    expect(format).toBe('rudderstack')
    expect(plan).toEqual({
      name: 'Shop',
      events: [
        {
          ...order,
          schema: {
            type: 'object',
            properties: {
              order_id: { type: 'string', minLength: 3, description: 'As on the invoice' },
              address: {
                type: 'object',
                properties: { zip: { type: 'string', pattern: '^\\d{5}$' } },
                required: ['zip'],
              },
              tags: { type: 'array', items: { type: 'string' } },
            },
            required: ['order_id'],
          },
        },
      ],
    })
    expect(notes).toEqual(['The rules for page calls are left out: a plan here is about track calls.'])
  })

  it('is read in its first format, too', () => {
    expect(readPlan(fixture('rudderstack-v0.yaml'), 'shop.yaml').plan.events).toEqual([
      {
        name: 'Order Completed',
        description: '',
        schema: {
          type: 'object',
          properties: {
            status: { type: ['integer', 'null'], minimum: 100 },
            scores: { type: 'array', items: { type: ['integer', 'number'] } },
          },
          required: ['status'],
          additionalProperties: true,
        },
      },
    ])
  })

  it('says which file is missing where one refers to it', () => {
    const alone = fixture('rudderstack-v1.yaml').split('---')[0] ?? ''
    expect(mistake(alone)).toEqual({
      line: 11,
      column: 14,
      detail: expect.stringContaining(
        '"#event:order_completed" is not here: import the file of kind "events"',
      ) as string,
    })
  })
})

describe('a JSON Schema', () => {
  it('of one event is named by its title', () => {
    const schema = { title: 'Cart Viewed', description: 'Open', properties: { items: { type: 'integer' } } }
    expect(readPlan(JSON.stringify(schema), '').plan.events).toEqual([
      {
        name: 'Cart Viewed',
        description: 'Open',
        schema: { type: 'object', properties: { items: { type: 'integer' } } },
      },
    ])
  })

  it('with a definition for each event resolves what they refer to', () => {
    const $schema = 'https://json-schema.org/draft/2020-12/schema'
    const $defs = {
      'Cart Viewed': { type: 'object', properties: { total: { $ref: '#/$defs/Paid/properties/total' } } },
      Paid: { type: 'object', properties: { total: { type: 'number' } } },
    }
    const { plan } = readPlan(JSON.stringify({ $schema, $defs }), '')
    expect(plan.events[0]?.schema).toEqual({
      $schema,
      type: 'object',
      properties: { total: { type: 'number' } },
    })
    expect(plan.events.map(({ name }) => name)).toEqual(['Cart Viewed', 'Paid'])
  })
})

describe('a broken file', () => {
  it.each<[string, string, { line: number; column: number; detail: RegExp }]>([
    [
      'JSON that ends too soon',
      '{\n  "title": "A",',
      { line: 2, column: 16, detail: /ends here, in the middle/ },
    ],
    [
      'JSON with a comma missing',
      '{\n "title": "A"\n "type": 1}',
      { line: 3, column: 2, detail: /a comma or \} is missing/ },
    ],
    [
      'a type that there is not',
      '{ "title": "A",\n  "properties": { "a": { "type": "money" } } }',
      { line: 2, column: 34, detail: /expected string, number.*found "money"/ },
    ],
    [
      'required that is no list',
      '{ "title": "A", "required": "a" }',
      { line: 1, column: 29, detail: /expected a list of texts; found "a"/ },
    ],
    ['no title', '{ "properties": {} }', { line: 1, column: 1, detail: /expected a text; found nothing/ }],
    [
      'a reference into the network',
      '{ "title": "A",\n "$ref": "https://localhost/a.json" }',
      { line: 2, column: 10, detail: /expected a reference within this schema/ },
    ],
    [
      'a reference to nowhere',
      '{ "title": "A", "$ref": "#/$defs/b" }',
      { line: 1, column: 25, detail: /there is nothing at/ },
    ],
    [
      'a rule of Segment without a name',
      '{"rules": [\n {"type": "TRACK", "jsonSchema": {}}]}',
      { line: 2, column: 2, detail: /expected the name of the event/ },
    ],
    [
      'YAML that is indented wrongly',
      'version: rudder/v1\nkind: tp\n  spec: 1\n',
      { line: 2, column: 7, detail: /mapping/ },
    ],
    ['YAML that is something else', 'a: 1\nb: 2\n', { line: 1, column: 1, detail: /RudderStack/ }],
    [
      'a table with a quotation mark that never ends',
      'Event,Property\nA,"b\nC,d\n',
      { line: 2, column: 2, detail: /never ends/ },
    ],
    [
      'a table with a type that there is not',
      'Event,Property,Type\nA,b,string\nA,c,money\n',
      { line: 3, column: 3, detail: /expected a type like string.*found "money"/ },
    ],
    [
      'a table with line breaks before the mistake',
      'Event,Description,Property,Required\nA,"one\ntwo",b,no\nA,,c,maybe\n',
      { line: 4, column: 4, detail: /expected yes or no/ },
    ],
    ['nothing', '', { line: 1, column: 1, detail: /./ }],
    ['a table without events', 'Event,Property\n', { line: 1, column: 1, detail: /no event in it/ }],
  ])('with %s says where, and what was expected', (_what, text, expected) => {
    const { detail, ...place } = mistake(text)
    expect(place).toEqual({ line: expected.line, column: expected.column })
    expect(detail).toMatch(expected.detail)
  })

  it.each([
    [
      'a YAML bomb',
      `version: rudder/v1\nkind: tp\nspec:\n${Array.from({ length: 12 }, (_unused, index) => `  a${index}: &a${index} [${index === 0 ? '1' : `*a${index - 1}, *a${index - 1}, *a${index - 1}`}]`).join('\n')}\n`,
    ],
    [
      'references that double with each level',
      JSON.stringify({
        title: 'A',
        $ref: '#/$defs/d0',
        $defs: Object.fromEntries(
          Array.from({ length: 25 }, (_unused, index) => [
            `d${index}`,
            index === 24
              ? {}
              : { allOf: [{ $ref: `#/$defs/d${index + 1}` }, { $ref: `#/$defs/d${index + 1}` }] },
          ]),
        ),
      }),
    ],
    ['a reference within itself', '{ "title": "A", "properties": { "a": { "$ref": "#" } } }'],
    [
      'a very deep schema',
      `{"title":"A","properties":${'{"a":{"properties":'.repeat(100)}{}${'}}'.repeat(100)}}`,
    ],
  ])('with %s is refused at once', (_what, text) => {
    const before = process.threadCpuUsage()
    expect(mistake(text).detail).toMatch(/./)
    const { user, system } = process.threadCpuUsage(before)
    expect((user + system) / 1_000).toBeLessThan(2_000)
  })
})
