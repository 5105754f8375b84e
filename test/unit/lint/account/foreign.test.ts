import { expect, it } from 'vitest'
import type { JsonObject } from '../../../../shared/event.ts'
import { foreign } from '../../../../shared/lint/account/foreign.ts'
import { findings, placesOf } from '../call.ts'

const track = { type: 'track', event: 'Invoice Sent', userId: 'abc123', context: { groupId: 'globex' } }

it.each([
  [{ id: 'acme', name: 'Acme, Inc' }, 'Acme, Inc (acme)'],
  [{ id: 'acme', name: null }, 'acme'],
])('names both accounts: %j', (otherAccountOfUser, label) => {
  const [found] = findings(foreign, track, { otherAccountOfUser })
  expect(found).toMatchObject({ path: 'context.groupId', suggestion: null })
  expect(found?.message).toContain(`${label}, none in "globex"`)
})

it('is silent where group calls have put the user here, or nowhere', () => {
  expect(placesOf(foreign, track, { otherAccountOfUser: null })).toEqual([])
})

it.each<JsonObject>([
  // It is how a user comes into an account.
  { type: 'group', userId: 'abc123', groupId: 'globex' },
  { type: 'track', event: 'Invoice Sent', userId: 'abc123' },
  // Who knows who sits at that device by now.
  { type: 'track', event: 'Invoice Sent', anonymousId: 'kiosk', context: { groupId: 'globex' } },
])('leaves %j alone', (call) => {
  expect(placesOf(foreign, call, { otherAccountOfUser: { id: 'acme', name: null } })).toEqual([])
})
