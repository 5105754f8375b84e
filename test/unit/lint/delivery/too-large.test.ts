import { expect, it } from 'vitest'
import { tooLarge } from '../../../../shared/lint/delivery/too-large.ts'
import type { Facts } from '../../../../shared/lint/rule.ts'
import { findings } from '../call.ts'

const call = { type: 'track', event: 'Report Exported', userId: 'abc123' }
const messages = (facts: Partial<Facts>) => findings(tooLarge, call, facts).map(({ message }) => message)
const batch = { isFirst: true, events: 10, bytes: 9_000, sentAt: undefined }

it.each([
  [32_768, []],
  [32_769, ['This call has 33 KB, more than 32 KB']],
  [5_000_000, ['This call has 4,883 KB, more than 32 KB']],
])('a call of %i bytes: %j', (callBytes, found) => {
  expect(messages({ callBytes })).toEqual(found)
})

it.each([
  [2_500, 512_000, []],
  [2_501, 512_000, ['The batch that begins with this call has 2,501 calls, more than 2,500']],
  [10, 512_001, ['The batch that begins with this call has 501 KB, more than 500 KB']],
  [
    25_000,
    1_024_000,
    [
      'The batch that begins with this call has 1,000 KB, more than 500 KB, and 25,000 calls, more than 2,500',
    ],
  ],
])('a batch of %i calls and %i bytes: %j', (events, bytes, found) => {
  expect(messages({ batch: { ...batch, events, bytes } })).toEqual(found)
})

it('says it of a batch at its first call alone, and of a call wherever it stands', () => {
  const tooMuch = { ...batch, events: 3_000, isFirst: false }
  expect(messages({ batch: tooMuch })).toEqual([])
  expect(messages({ batch: tooMuch, callBytes: 40_000 })).toHaveLength(1)
  expect(messages({ batch: { ...tooMuch, isFirst: true }, callBytes: 40_000 })).toHaveLength(2)
})
