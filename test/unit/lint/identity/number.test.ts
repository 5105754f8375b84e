import { expect, it } from 'vitest'
import type { JsonObject } from '../../../../shared/event.ts'
import { number } from '../../../../shared/lint/identity/number.ts'
import { findings, placesOf } from '../call.ts'

it.each<[JsonObject, path: string, suggestion: string | null]>([
  [{ type: 'track', userId: 42 }, 'userId', '"42"'],
  [{ type: 'page', anonymousId: 123456 }, 'anonymousId', '"123456"'],
  [{ type: 'alias', userId: 'a', previousId: 7 }, 'previousId', '"7"'],
  [{ type: 'group', userId: 'a', groupId: 9 }, 'groupId', '"9"'],
  [{ type: 'track', userId: 'a', context: { groupId: 9 } }, 'context.groupId', '"9"'],
  // What was sent can’t be known any more.
  [{ type: 'track', userId: 12345678901234567890 }, 'userId', null],
  [{ type: 'track', userId: 1.5 }, 'userId', null],
  [{ type: 'track', userId: { id: 42 } }, 'userId', null],
  [{ type: 'track', userId: [42] }, 'userId', null],
  [{ type: 'track', userId: true }, 'userId', null],
])('%j: %s, better %s', (call, path, suggestion) => {
  expect(findings(number, call)).toMatchObject([{ path, suggestion }])
})

it.each<JsonObject>([
  { type: 'track', userId: '42' },
  { type: 'track', userId: null, anonymousId: 'a' },
  { type: 'track' },
  { type: 'track', userId: 'a', previousId: 7 },
  { type: 'track', userId: 'a', context: [9] },
  // Another rule says that it is nobody’s, which quotes would not change.
  { type: 'track', userId: 0, anonymousId: 'a' },
])('%j is left alone', (call) => {
  expect(placesOf(number, call)).toEqual([])
})

it('names each id that is no text', () => {
  const call = { type: 'group', userId: 1, anonymousId: 2, groupId: 3 }
  expect(placesOf(number, call)).toEqual(['userId', 'anonymousId', 'groupId'])
})
