import { expect, it } from 'vitest'
import { doubleFired } from '../../../../shared/lint/delivery/double-fired.ts'
import { findings } from '../call.ts'

const call = { type: 'track', event: 'Invoice Sent', userId: 'abc123', messageId: 'b' }
const firedBefore = { eventId: 812, apartMs: 40 }

it('names the call that says the same, and how far apart they are', () => {
  const [found] = findings(doubleFired, call, { firedBefore })
  expect(found).toMatchObject({ path: 'messageId', suggestion: null })
  expect(found?.message).toContain('Event 812 says the same, 40 ms apart')
})

it('is silent where nothing was fired before', () => {
  expect(findings(doubleFired, call)).toEqual([])
})

it('leaves the word to the duplicate where the call itself was delivered before', () => {
  const duplicateOf = { eventId: 811, receivedAt: '2026-01-15T09:30:00.000Z' }
  expect(findings(doubleFired, call, { firedBefore, duplicateOf })).toEqual([])
})
