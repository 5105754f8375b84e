import { expect, it } from 'vitest'
import type { JsonObject } from '../../../../shared/event.ts'
import { placeholder } from '../../../../shared/lint/identity/placeholder.ts'
import { placesOf } from '../call.ts'

it.each<[JsonObject, path: string]>([
  [{ type: 'track', userId: 'undefined' }, 'userId'],
  [{ type: 'track', userId: 0 }, 'userId'],
  [{ type: 'page', anonymousId: '00000000-0000-0000-0000-000000000000' }, 'anonymousId'],
  [{ type: 'group', userId: 'abc123', groupId: 'null' }, 'groupId'],
  [{ type: 'track', userId: 'abc123', context: { groupId: '[object Object]' } }, 'context.groupId'],
  [{ type: 'alias', userId: 'abc123', previousId: 'anonymous' }, 'previousId'],
])('%j: %s', (call, path) => {
  expect(placesOf(placeholder, call)).toEqual([path])
})

it.each<JsonObject>([
  { type: 'track', userId: 'abc123', anonymousId: '022bb90c-bbac-11e4-8dfc-aa07a5b093db' },
  { type: 'alias', userId: 'abc123', previousId: 'jane@example.com' },
  { type: 'track', userId: '100' },
])('%j is left alone', (call) => {
  expect(placesOf(placeholder, call)).toEqual([])
})
