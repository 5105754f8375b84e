import { describe, expect, it } from 'vitest'
import { longMessageId } from '../../../../shared/lint/delivery/long-message-id.ts'
import { noMessageId } from '../../../../shared/lint/delivery/no-message-id.ts'
import { findings, placesOf } from '../call.ts'

const call = { type: 'track', event: 'Invoice Sent', userId: 'abc123' }

describe('a call without messageId', () => {
  it.each<[messageId: unknown, says: string]>([
    [undefined, 'no messageId'],
    [null, 'no messageId'],
    ['', 'no messageId'],
    [{ id: 1 }, 'an object'],
    [['a'], 'a list'],
    [false, 'a boolean'],
  ])('is found: %j', (messageId, says) => {
    expect(findings(noMessageId, { ...call, messageId })[0]?.message).toContain(says)
  })

  it.each<unknown>(['m', '022bb90c-bbac-11e4-8dfc-aa07a5b093db', 8])('is none with %j', (messageId) => {
    expect(placesOf(noMessageId, { ...call, messageId })).toEqual([])
  })

  it('is right for a vendor whose calls have none', () => {
    expect(placesOf(noMessageId, call, { isTranslated: true })).toEqual([])
  })
})

describe('a messageId', () => {
  it.each([
    [99, []],
    [100, ['messageId']],
    [1_000_000, ['messageId']],
  ])('of %i characters: %j', (length, places) => {
    expect(placesOf(longMessageId, { ...call, messageId: 'm'.repeat(length) })).toEqual(places)
  })

  it('that is absent is not long', () => {
    expect(placesOf(longMessageId, call)).toEqual([])
  })

  it('is shown by its beginning', () => {
    const [found] = findings(longMessageId, { ...call, messageId: 'm'.repeat(100_000) })
    expect(found?.message.length).toBeLessThan(200)
  })
})
