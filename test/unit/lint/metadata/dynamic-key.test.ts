import { describe, expect, it } from 'vitest'
import { findingsOf, fixesOf } from './findings.ts'

const rule = 'metadata/dynamic-key'

describe('a value used as a key', () => {
  const rows: [properties: object, path: string, suggestion: string | null][] = [
    [{ answers: { '48151623': 5 } }, 'properties.answers["48151623"]', '[{"id":"48151623","value":5}]'],
    [{ list: { 0: 'a', 1: 'b' } }, 'properties.list["0"]', '["a","b"]'],
    [{ days: { '2026-02-03': 4 } }, 'properties.days["2026-02-03"]', '[{"date":"2026-02-03","value":4}]'],
    [
      { users: { '5f8d0d55b54764421b7156c1': { role: 'admin' } } },
      'properties.users["5f8d0d55b54764421b7156c1"]',
      '[{"id":"5f8d0d55b54764421b7156c1","role":"admin"}]',
    ],
    [
      { seen: { 'b1946ac9-2f5e-4a3b-9d1c-0e8f7a6b5c4d': true } },
      'properties.seen.b1946ac9-2f5e-4a3b-9d1c-0e8f7a6b5c4d',
      '[{"id":"b1946ac9-2f5e-4a3b-9d1c-0e8f7a6b5c4d","value":true}]',
    ],
    [{ user_123456: 1, total: 2 }, 'properties.user_123456', null],
    [{ cus_9s6XKzkNRiz8i3: 1, total: 2 }, 'properties.cus_9s6XKzkNRiz8i3', null],
    [{ revenue_2024: 1, revenue_2025: 2, revenue_2026: 3, currency: 'EUR' }, 'properties.revenue_2024', null],
    [{ invited: { 'jane@acme.example': true } }, 'properties.invited["jane@acme.example"]', null],
  ]
  it.each(rows)('in %j is found', (properties, path, suggestion) => {
    expect(fixesOf(rule, properties)).toEqual([[path, suggestion]])
  })

  it.each([
    { address1: 1, line_2: 2, option_3: 3, utm_campaign2024x: 4 },
    { sha256: 'x', mp3_320: true, iso_9001: true, http2: true, error_404: 1, q4_2026: 1 },
    { conversion_rate_7d: 1, top_10_percent: 2, web3_wallet: 3, a1b2: 4 },
    { total_amount: 1, deadbeef: 2, facade: 3, x: 4 },
  ])('in %j is not', (properties) => {
    expect(findingsOf(rule, properties)).toEqual([])
  })
})

it('an address used as a key is not repeated in the message', () => {
  expect(findingsOf(rule, { 'jane@acme.example': 1 })[0]?.message).toBe(
    '"j…@acme.example" is an e-mail address, used as a key',
  )
})

it('thousands of such keys make one finding', () => {
  const properties = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`${index}`, index]))
  expect(findingsOf(rule, { scores: properties })).toHaveLength(1)
})
