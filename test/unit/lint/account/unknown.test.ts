import { expect, it } from 'vitest'
import type { JsonObject } from '../../../../shared/event.ts'
import { unknown } from '../../../../shared/lint/account/unknown.ts'
import { placesOf } from '../call.ts'

const track = { type: 'track', event: 'Invoice Sent', userId: 'abc123', context: { groupId: 'xyz789' } }

it.each([
  [0, []],
  [1, []],
  [2, ['context.groupId']],
  [3, []],
  [1_000, []],
])('after %i calls of an account that nobody has described: %j', (calls, places) => {
  expect(placesOf(unknown, track, { accountBefore: { calls, isDescribed: false } })).toEqual(places)
})

it('is silent when a group call came in time', () => {
  expect(placesOf(unknown, track, { accountBefore: { calls: 2, isDescribed: true } })).toEqual([])
})

it.each<JsonObject>([
  { type: 'group', userId: 'abc123', groupId: 'xyz789' },
  { type: 'track', event: 'Invoice Sent', userId: 'abc123' },
])('leaves %j alone', (call) => {
  expect(placesOf(unknown, call, { accountBefore: { calls: 2, isDescribed: false } })).toEqual([])
})

it('makes no account of a placeholder', () => {
  expect(placesOf(unknown, { ...track, context: { groupId: 'null' } }, { accountBefore: null })).toEqual([])
})
