import { expect, it } from 'vitest'
import type { JsonObject } from '../../../../shared/event.ts'
import { missingField } from '../../../../shared/lint/delivery/missing-field.ts'
import { factsWith, findings, linted, placesOf } from '../call.ts'

it.each<[JsonObject, path: string, suggestion: string | null]>([
  [{ type: 'group', userId: 'abc123' }, 'groupId', null],
  [{ type: 'group', userId: 'abc123', groupId: null }, 'groupId', null],
  [{ type: 'group', userId: 'abc123', groupId: '' }, 'groupId', null],
  [{ type: 'group', userId: 'abc123', context: { groupId: 'xyz789' } }, 'groupId', 'xyz789'],
  [{ type: 'alias', userId: 'abc123' }, 'previousId', null],
  [{ type: 'alias', userId: 'abc123', previousId: '' }, 'previousId', null],
  [{ type: 'alias', anonymousId: 'a', previousId: 'b' }, 'userId', null],
])('%j lacks %s', (call, path, suggestion) => {
  expect(findings(missingField, call)).toMatchObject([{ path, suggestion }])
})

it.each<JsonObject>([
  { type: 'group', userId: 'abc123', groupId: 'xyz789' },
  { type: 'group', anonymousId: 'a', groupId: 7 },
  { type: 'alias', userId: 'abc123', previousId: 'a' },
  { type: 'track', event: 'Invoice Sent', userId: 'abc123' },
  { type: 'identify', userId: 'abc123' },
  { type: 'page', anonymousId: 'a' },
  { type: 'screen', anonymousId: 'a' },
  // That it names nobody at all is said elsewhere.
  { type: 'alias', previousId: 'b' },
])('%j has all that it needs', (call) => {
  expect(placesOf(missingField, call)).toEqual([])
})

it.each<[sent: unknown, places: string[]]>([
  ['Track', ['type']],
  ['event', ['type']],
  [7, ['type']],
  [['track'], ['type']],
  [undefined, []],
  [null, []],
  ['page', []],
])('a body of type %j on the path of track calls: %j', (sent, places) => {
  const call = linted({ type: 'track', event: 'Invoice Sent', userId: 'abc123' })
  const found = missingField.check({ ...call, payload: { ...call.payload, type: sent } }, factsWith())
  expect(found.map(({ path }) => path)).toEqual(places)
  for (const { suggestion } of found) expect(suggestion).toBe('track')
})
