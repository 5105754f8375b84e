import { expect, it } from 'vitest'
import { email } from '../../../../shared/lint/identity/email.ts'
import { placesOf } from '../call.ts'

it.each([
  'jane@example.com',
  'Jane.Cooper+news@mail.example.co.uk',
  ' jane@example.com ',
  "o'hara@example.com",
  'jürgen@müller.example',
  '用户@例子.测试',
])('%s is an e-mail address', (userId) => {
  expect(placesOf(email, { type: 'identify', userId })).toEqual(['userId'])
})

it.each([
  'abc123',
  '022bb90c-bbac-11e4-8dfc-aa07a5b093db',
  'jane@localhost',
  '@jane',
  'jane@',
  'team@2',
  'auth0|jane',
  'https://example.com/@jane.doe',
  'jane@example.com, ole@example.com',
  `${'a'.repeat(300)}@example.com`,
  `${'a@'.repeat(120)}`,
])('%s is none', (userId) => {
  expect(placesOf(email, { type: 'identify', userId })).toEqual([])
})

it('looks at the userId alone: in traits an address is where it belongs', () => {
  const traits = { email: 'jane@example.com' }
  expect(
    placesOf(email, { type: 'identify', userId: 'abc123', anonymousId: 'a@example.com', traits }),
  ).toEqual([])
})

it('leaves the users of a vendor alone that knows some by their address only', () => {
  const call = { type: 'identify', userId: 'jane@example.com' }
  expect(placesOf(email, call, { isTranslated: true })).toEqual([])
})
