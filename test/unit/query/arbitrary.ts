import fc from 'fast-check'
import { callTypes, severities } from '../../../shared/event.ts'
import type { PathQuery, Query, Wildcard } from '../../../shared/query/ast.ts'
import { faultNames } from '../../../shared/fault.ts'
import { presences, replayStates, states } from '../../../shared/query/ast.ts'
import { jsonLiteral } from '../../../shared/query/field.ts'
import type { TimeExpression } from '../../../shared/query/time.ts'
import { tokensOf } from '../../../shared/query/tokens.ts'

const span = { from: 0, to: 0 }

/** Text with a lean to what the language might take for its own. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc
    .array(
      fc.constantFrom(
        'a',
        'Jane',
        '"',
        '\\',
        '*',
        ',',
        '..',
        '(',
        ')',
        ':',
        ' ',
        '-',
        '>',
        '<',
        '1',
        'OR',
        'é',
        '\n',
      ),
    )
    .map((parts) => parts.join('')),
)

const number = fc
  .oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }))
  .map((value) => value + 0)
const whole = fc.maxSafeNat()

const wildcard: fc.Arbitrary<Wildcard> = fc
  .tuple(text, fc.array(text.filter((part) => part !== '')), text)
  .map(([first, middle, last]) => ({ by: 'wildcard', parts: [first, ...middle, last] }))

const numberTest = (value: fc.Arbitrary<number>) =>
  fc.oneof(
    fc.record({
      by: fc.constant('compare' as const),
      operator: fc.constantFrom('>' as const, '>=' as const, '<' as const, '<=' as const),
      value,
    }),
    fc
      .tuple(fc.option(value), fc.option(value))
      .filter(([low, high]) => low !== null || high !== null)
      .map(([low, high]) => {
        const isReversed = low !== null && high !== null && low > high
        return { by: 'range' as const, low: isReversed ? high : low, high: isReversed ? low : high }
      }),
  )

const jsonTest: fc.Arbitrary<PathQuery['test']> = fc.oneof(
  wildcard,
  numberTest(number),
  text.map((value) => ({ by: 'equals' as const, values: [value] as const })),
  fc.oneof(number.map(String), fc.constantFrom('true', 'false', 'null', '-0')).map((value) => {
    const also = jsonLiteral(value)
    return {
      by: 'equals' as const,
      values: also === undefined ? ([value] as const) : ([value, also] as const),
    }
  }),
)

const path = fc.record({
  root: fc.constantFrom('properties' as const, 'traits' as const, 'context' as const),
  path: fc.array(text, { minLength: 1, maxLength: 3 }),
})

const time: fc.Arbitrary<TimeExpression> = fc.oneof(
  fc.constant({ form: 'now' } as const),
  fc.record({
    form: fc.constant('ago' as const),
    amount: fc.nat(999_999),
    unit: fc.constantFrom('s' as const, 'm' as const, 'h' as const, 'd' as const, 'w' as const),
  }),
  fc.record({
    form: fc.constant('day' as const),
    day: fc.constantFrom('today' as const, 'yesterday' as const),
  }),
  fc
    .record({
      year: fc.integer({ min: 1000, max: 9999 }),
      month: fc.integer({ min: 1, max: 12 }),
      day: fc.integer({ min: 1, max: 28 }),
      hour: fc.nat(23),
      minute: fc.nat(59),
      second: fc.nat(59),
      millisecond: fc.nat(999),
      precision: fc.nat(3),
      offset: fc.option(fc.integer({ min: -1439, max: 1439 })),
    })
    .map(({ year, month, day, hour, minute, second, millisecond, precision, offset }) => ({
      form: 'calendar' as const,
      year,
      month,
      day,
      clock:
        precision === 0
          ? null
          : {
              hour,
              minute,
              second: precision > 1 ? second : null,
              millisecond: precision > 2 ? millisecond : null,
            },
      offset: precision === 0 ? null : offset,
    })),
)

const choice = fc.oneof(
  fc.record({ key: fc.constant('type' as const), value: fc.constantFrom(...callTypes) }),
  fc.record({ key: fc.constant('severity' as const), value: fc.constantFrom(...severities) }),
  fc.record({ key: fc.constant('accepted' as const), value: fc.constantFrom('yes' as const, 'no' as const) }),
  fc.record({ key: fc.constant('is' as const), value: fc.constantFrom(...states) }),
  fc.record({ key: fc.constant('replayed' as const), value: fc.constantFrom(...replayStates) }),
  fc.record({ key: fc.constant('fault' as const), value: fc.constantFrom(...faultNames) }),
)

const leaf: fc.Arbitrary<Query> = fc.oneof(
  fc
    .record({ text, phrase: fc.boolean() })
    .map(({ text, phrase }) => ({ kind: 'words' as const, ...span, text, phrase, tokens: tokensOf(text) }))
    .filter(({ tokens }) => tokens.length > 0),
  fc.record({
    kind: fc.constant('text' as const),
    from: fc.constant(0),
    to: fc.constant(0),
    key: fc.constantFrom(
      ...(['event', 'user', 'anonymous', 'account', 'source', 'library', 'message', 'problem'] as const),
    ),
    test: fc.oneof(
      text.map((value) => ({ by: 'equals' as const, value })),
      wildcard,
    ),
  }),
  fc
    .record({
      key: fc.constantFrom('id' as const, 'request' as const),
      test: fc.oneof(
        numberTest(whole),
        whole.map((value) => ({ by: 'equals' as const, value })),
      ),
    })
    .map((field) => ({ kind: 'number' as const, ...span, ...field })),
  fc
    .record({
      key: fc.constantFrom('since' as const, 'until' as const, 'before' as const, 'after' as const),
      time,
    })
    .map((field) => ({ kind: 'time' as const, ...span, ...field })),
  choice.map((field) => ({ kind: 'choice' as const, ...span, ...field })),
  fc.tuple(path, jsonTest).map(([at, test]) => ({ kind: 'path' as const, ...span, ...at, test })),
  fc
    .record({
      present: fc.boolean(),
      of: fc.oneof(
        fc.constantFrom(...presences).map((name) => ({ by: 'name' as const, name })),
        path.map((at) => ({ by: 'path' as const, ...at })),
      ),
    })
    .map((field) => ({ kind: 'presence' as const, ...span, ...field })),
)

/** Any query that the parser can give back, but for the places of its parts. */
export const anyQuery: fc.Arbitrary<Query> = fc.letrec<{ query: Query }>((tie) => ({
  query: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    joined('and', tie('query')),
    joined('or', tie('query')),
    tie('query').map((part) => ({ kind: 'not' as const, ...span, part })),
  ),
})).query

function joined(kind: 'and' | 'or', part: fc.Arbitrary<Query>): fc.Arbitrary<Query> {
  return fc.array(part, { minLength: 2, maxLength: 4 }).map((parts) => ({
    kind,
    ...span,
    parts: parts.flatMap((one) => (one.kind === kind ? one.parts : [one])),
  }))
}

/** Text made of what a query is made of, in any order. */
export const querySoup = fc
  .array(
    fc.constantFrom(
      ...[
        'event:',
        'user:',
        'properties.',
        'has:',
        'since:',
        'id:',
        'type:',
        'track',
        'evnt:',
        '"',
        '\\',
        '(',
        ')',
      ],
      ...[
        '-',
        ' ',
        ' ',
        ' ',
        'OR',
        'AND',
        'NOT',
        ',',
        '..',
        '>',
        '>=',
        '<',
        '*',
        ':',
        '.',
        '5m',
        '12',
        'jane',
        '\n',
      ],
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(''))

/** A query without what does not change its meaning: places, and how words were written. */
export function meaning(query: Query): unknown {
  switch (query.kind) {
    case 'and':
    case 'or':
      return { kind: query.kind, parts: query.parts.map(meaning) }
    case 'not':
      return { kind: query.kind, part: meaning(query.part) }
    default: {
      const { from: _from, to: _to, ...rest } = query
      return rest.kind === 'words' ? { ...rest, text: null } : rest
    }
  }
}
