import { expect, it } from 'vitest'
import type { JsonObject } from '../../../../shared/event.ts'
import { beforeIdentify } from '../../../../shared/lint/identity/before-identify.ts'
import { placesOf } from '../call.ts'

const track = { type: 'track', event: 'Invoice Sent', userId: 'abc123' }

it('finds the first track of a user whom no identify has named', () => {
  expect(placesOf(beforeIdentify, track, { isUserIntroduced: false })).toEqual(['userId'])
})

it('leaves a user alone who is known, and every later track of one who is not', () => {
  expect(placesOf(beforeIdentify, track, { isUserIntroduced: true })).toEqual([])
})

it.each<JsonObject>([
  { type: 'identify', userId: 'abc123' },
  { type: 'page', userId: 'abc123', name: 'Pricing' },
  { type: 'group', userId: 'abc123', groupId: 'xyz789' },
  { type: 'alias', userId: 'abc123', previousId: 'a' },
  { type: 'track', event: 'Pricing Viewed', anonymousId: 'a' },
])('leaves %j alone', (call) => {
  expect(placesOf(beforeIdentify, call, { isUserIntroduced: false })).toEqual([])
})
