import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { personalDataIn } from '../../../shared/personal-data/index.ts'

// Values that programs make, under the keys that they are sent with: whatever they happen to be, nobody's.

const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`))
const harmless: [what: string, keys: string[], values: fc.Arbitrary<string | number>][] = [
  ['UUIDs', ['id', 'value', 'session', 'cart'], fc.uuid()],
  [
    'hashes',
    ['hash', 'value', 'cart'],
    fc.stringMatching(/^(?:[\da-f]{8}|[\da-f]{32}|[\da-f]{40}|[\da-f]{64})$/),
  ],
  ['ids of letters and digits', ['id', 'value', 'cart'], fc.stringMatching(/^[A-Za-z\d]{8,28}$/)],
  [
    'ids with a prefix',
    ['id', 'value', 'order'],
    fc.stringMatching(/^(?:ord|cus|inv|pi|price)_[A-Za-z\d]{14,24}$/),
  ],
  [
    'numbers of orders',
    ['order_id', 'transaction_id', 'tracking_number'],
    fc.oneof(digits(8), digits(12), digits(16)),
  ],
  [
    'times',
    ['value', 'created_at', 'when'],
    fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  ],
  ['epoch times', ['value', 'ts', 'when'], fc.integer({ min: 1_000_000_000, max: 2_000_000_000_000 })],
  [
    'prices',
    ['price', 'value', 'total'],
    fc.double({ min: 0, max: 1e9, noNaN: true }).map((price) => price.toFixed(2)),
  ],
  ['whole numbers', ['count', 'value', 'total'], fc.maxSafeInteger()],
  [
    'coordinates',
    ['location', 'value'],
    fc
      .tuple(fc.double({ min: -90, max: 90, noNaN: true }), fc.double({ min: -180, max: 180, noNaN: true }))
      .map(([latitude, longitude]) => `${latitude.toFixed(6)},${longitude.toFixed(6)}`),
  ],
  [
    'versions',
    ['version', 'value'],
    fc.tuple(fc.nat(99), fc.nat(99), fc.nat(9999)).map((parts) => parts.join('.')),
  ],
  ['addresses of machines', ['ip', 'value'], fc.oneof(fc.ipV4(), fc.ipV6())],
  ['SKUs', ['sku', 'value'], fc.stringMatching(/^[A-Z]{1,4}-\d{2,6}(?:-[A-Z\d]{1,4})?$/)],
]

describe.each(harmless)('%s', (_what, keys, values) => {
  it('are nobody’s', () => {
    fc.assert(
      fc.property(fc.constantFrom(...keys), values, (key, value) => {
        expect(personalDataIn(key, value)).toEqual([])
      }),
      { numRuns: 2_000, seed: 4 },
    )
  })
})
