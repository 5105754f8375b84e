import fc from 'fast-check'
import type { JsonObject } from '../../../shared/event.ts'
import type { Plan } from '../../../shared/plan/plan.ts'
import { formats } from '../../../shared/plan/plan.ts'
import { readSchema } from '../../../shared/plan/schema.ts'

const description = fc.oneof(
  fc.constant({}),
  fc.record({ description: fc.string({ minLength: 1 }) }),
  fc.record({
    description: fc.constantFrom('=SUM(A1)', "'quoted", 'two\nlines', 'a, "b"; c', '*/ end', '  around  '),
  }),
)
const key = fc
  .oneof(
    fc.constantFrom(
      'order_id',
      'Order Id',
      'a.b',
      'list[]',
      '"',
      ' space ',
      '$',
      'é',
      '=1',
      '🎉',
      'constructor',
    ),
    fc.string({ minLength: 1, maxLength: 8 }),
  )
  .filter((name) => name !== '__proto__')
const text = fc.oneof(
  fc.record({ type: fc.constant('string') }),
  fc.record({ type: fc.constant('string'), format: fc.constantFrom(...formats) }),
  fc.record({
    type: fc.constant('string'),
    enum: fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 4 }),
  }),
  fc.record({
    type: fc.constant('string'),
    minLength: fc.nat(5),
    pattern: fc.constantFrom('^a|b$', '[a-z]+'),
  }),
)
const scalar = fc.oneof(
  text,
  fc.record({ type: fc.constantFrom('number', 'integer', 'boolean', 'null') }),
  fc.record({ type: fc.constant(['number', 'null']), enum: fc.constant([1, 2.5, null]) }),
  fc.constant({}),
)

const { node } = fc.letrec<{ node: JsonObject; object: JsonObject; list: JsonObject }>((tie) => ({
  node: fc
    .oneof({ depthSize: 'small', withCrossShrink: true }, scalar, tie('object'), tie('list'))
    .chain((schema) => description.map((about) => ({ ...(schema as JsonObject), ...about }))),
  object: fc
    .tuple(fc.dictionary(key, tie('node'), { maxKeys: 4 }), fc.boolean(), fc.boolean())
    .map(([properties, isRequired, isOpen]) => ({
      type: 'object',
      properties,
      ...(isRequired ? { required: Object.keys(properties).slice(0, 2) } : {}),
      ...(isOpen ? { additionalProperties: true } : {}),
    })),
  list: tie('node').map((items) => ({ type: 'array', items })),
}))

const schema = fc
  .tuple(fc.dictionary(key, node, { maxKeys: 5 }), fc.boolean(), fc.boolean())
  .map(([properties, isNew, isRequired]) =>
    readSchema(
      {
        ...(isNew ? { $schema: 'https://json-schema.org/draft/2020-12/schema' } : {}),
        type: 'object',
        properties,
        ...(isRequired ? { required: Object.keys(properties).toReversed() } : {}),
      },
      [],
    ),
  )

const name = fc.oneof(
  fc.constantFrom('Order Completed', '=cmd()', "'-1", 'Größe, "Gewählt"', 'two\nlines', '+49', '@home'),
  fc.string({ minLength: 1, maxLength: 12 }).filter((one) => one !== '__proto__'),
)

/** Plans in the form in which they are kept. */
export const plans: fc.Arbitrary<Plan> = fc.record({
  name: fc.oneof(fc.constant('Shop'), fc.string({ minLength: 1, maxLength: 10 })),
  events: fc.uniqueArray(
    fc.record({
      name,
      description: fc.oneof(fc.constant(''), fc.constant('When it is paid'), fc.string()),
      schema,
    }),
    { minLength: 1, maxLength: 4, selector: (event) => event.name },
  ),
})
