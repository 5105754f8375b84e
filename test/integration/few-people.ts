import fc from 'fast-check'
import type { JsonObject } from '../../shared/event.ts'

// Random logs in which everybody meets everybody: few ids, names and messageIds, so that merges, aliases, accounts that
// change and calls that come twice are the rule.

/** A request with its calls: a single one is sent alone, more of them in a batch with what that says about all. */
export interface SentRequest {
  /** After the request before; less than nothing where a clock was set back. */
  laterMs: number
  source: string
  calls: JsonObject[]
  batch: JsonObject
  /** Whether its sender is told on purpose that it failed. */
  isRefused: boolean
}

function mostly<T>(usual: fc.Arbitrary<T>, weight: number, ...others: fc.Arbitrary<T>[]): fc.Arbitrary<T> {
  return fc.oneof({ weight, arbitrary: usual }, ...others.map((arbitrary) => ({ weight: 1, arbitrary })))
}

/** An object that has some of these, as JSON has it. */
function some(
  fields: Record<string, fc.Arbitrary<unknown>>,
  requiredKeys: string[] = [],
): fc.Arbitrary<JsonObject> {
  return fc.record(fields, { requiredKeys, noNullPrototype: true })
}

const users = fc.constantFrom('ann', 'bob', 'cid', 'ann@example.com')
const devices = fc.constantFrom('phone', 'laptop', 'kiosk', 'tablet')
const accounts = fc.constantFrom('acme', 'globex', 'hooli')
const noId = fc.constantFrom<unknown>('null', 'undefined', '', 42)

const who = mostly(
  some({ userId: users, anonymousId: devices }),
  8,
  some({ userId: users }, ['userId']),
  some({ anonymousId: devices }, ['anonymousId']),
  some({ userId: noId, anonymousId: mostly<unknown>(devices, 2, noId) }),
)

const moment = fc
  .integer({ min: 0, max: 12 })
  .map((quarters) => new Date(Date.UTC(2026, 0, 15, 9, 30) + quarters * 250).toISOString())

const messageId = fc.integer({ min: 1, max: 60 }).map((number) => `message-${number}`)

const circumstances = some({
  messageId,
  timestamp: mostly<string>(moment, 12, fc.constantFrom('yesterday', '2031-01-01T00:00:00.000Z')),
  context: some({
    groupId: mostly<unknown>(accounts, 8, noId),
    library: some({ name: fc.constantFrom('analytics.js', 'analytics-node') }),
  }),
})

const traits = some({
  name: fc.constantFrom('Ann', 'Bob', 'Acme, Inc'),
  firstName: fc.constantFrom('Cid', 'Dee'),
  email: fc.constantFrom<unknown>('ann@example.com', 'bob@example.com', 7),
  plan: fc.constantFrom('free', 'pro'),
})

const unusual = fc.constantFrom<unknown>('12.5', 'true', '', '', null, null, true, [1], ['a', 2], { a: 1 })
const orderProperties = some(
  {
    order_id: fc.constant('50314'),
    total: mostly<unknown>(fc.constantFrom(1, 2.5), 25, unusual),
    coupon: mostly<unknown>(fc.constantFrom('SPRING', 'AUTUMN'), 25, unusual),
    products: fc.array(some({ sku: fc.constant('a'), price: mostly<unknown>(fc.constant(3), 25, unusual) }), {
      maxLength: 3,
    }),
  },
  ['order_id', 'total', 'coupon'],
)

/** Several of these look alike, and are used about equally often. */
const names = fc.constantFrom<unknown>(
  ...['Order Completed', 'Orders Completed', 'Order Complteted', 'order_completed'],
  ...['Zone Entered', 'Zones Entered', 'Zone Enterd', 'Bone Entered', 'Invoice Sent', 'Invoices Sent'],
  ...['Invoice  Sent', 'send_invoice', 'Send Invoice', 'Event 12', 'constructor', '__proto__', '', 7, null],
)
const properties = fc.oneof<fc.Arbitrary<unknown>[]>(
  orderProperties,
  some({ step: fc.integer({ min: 0, max: 40 }), note: fc.constantFrom('call +32 470 12 34 56', 'fine') }),
  some({ orderId: fc.constant('50314'), 'Total Amount': fc.constant(1), total: unusual }),
  some({ 'a.b': unusual, a: some({ b: unusual }) }),
  // So many keys that a source soon has a style.
  fc.constant(Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`field_${index}`, index % 2]))),
  fc.constantFrom<unknown>({}, [], 'none', undefined),
)

/** All of it that is needed for a call of its type. */
const whole = (type: string, fields: Record<string, fc.Arbitrary<unknown>> = {}): fc.Arbitrary<JsonObject> =>
  fc.record({ type: fc.constant(type), ...fields }, { noNullPrototype: true })

const what = fc.oneof(
  {
    weight: 4,
    arbitrary: whole('track', { event: fc.constant('Order Completed'), properties: orderProperties }),
  },
  { weight: 4, arbitrary: whole('track', { event: names, properties }) },
  { weight: 1, arbitrary: whole('identify', { traits }) },
  { weight: 1, arbitrary: whole('group', { groupId: accounts, traits }) },
  { weight: 1, arbitrary: whole('alias', { userId: users, previousId: fc.oneof(users, devices) }) },
  { weight: 1, arbitrary: whole('page', { name: fc.constantFrom('Pricing', 'Order Completed') }) },
  { weight: 1, arbitrary: fc.constantFrom('trak', 'group', 'alias').map((type): JsonObject => ({ type })) },
)

/** A call, or the same one fired twice. */
const calls = fc
  .record({ who, circumstances, what, again: mostly<string | null>(fc.constant(null), 8, messageId) })
  .map(({ again, ...parts }): JsonObject[] => {
    const call = { ...parts.who, ...parts.circumstances, ...parts.what }
    return again === null ? [call] : [call, { ...call, messageId: again }]
  })

const request: fc.Arbitrary<SentRequest> = fc.record({
  laterMs: mostly(
    fc.integer({ min: 0, max: 3_000 }),
    4,
    fc.integer({ min: -5_000, max: 0 }),
    fc.integer({ min: 0, max: 3_600_000 }),
  ),
  source: mostly(fc.constant('web'), 2, fc.constantFrom('server', 'app', 'shop', 'desk', 'till', 'mail')),
  calls: fc.array(calls, { minLength: 1, maxLength: 12, size: 'max' }).map((all) => all.flat()),
  batch: some({ sentAt: moment, context: some({ groupId: accounts }) }),
  isRefused: mostly(fc.constant(false), 12, fc.constant(true)),
})

export const requestsOfFewPeople = fc.array(request, { minLength: 1, maxLength: 20, size: 'max' })
