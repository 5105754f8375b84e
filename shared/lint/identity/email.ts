import { shown } from '../metadata/value.ts'
import type { Rule } from '../rule.ts'

/** The longest address that can be delivered to, in characters. */
const longestAddress = 254

export const email: Rule = {
  id: 'identity/email',
  severity: 'warning',
  title: 'E-mail address as userId',
  documentation:
    'A `userId` stays the same for as long as the user exists; an e-mail address does not. On the day it changes, the user becomes a second one, and everything before belongs to somebody who never comes back. It is personal data as well, and an id is passed on to every tool and every log. Send the id of the user in your database, and the address as the trait `email`.',
  good: { type: 'identify', userId: 'abc123', traits: { email: 'jane@example.com' } },
  bad: { type: 'identify', userId: 'jane@example.com' },
  source: 'Segment spec',
  check({ userId }, { isTranslated }) {
    // journy.io knows users by their address alone, if need be.
    if (userId === null || isTranslated || !isAddress(userId)) return []
    return [
      {
        path: 'userId',
        message: `${shown(userId)} is an e-mail address, not an id`,
        reason:
          'Whoever changes their address becomes a second user; send the id in your database, and the address as the trait email.',
        suggestion: null,
      },
    ]
  },
}

function isAddress(id: string): boolean {
  return (
    id.length <= longestAddress && /^[^\s@<>"(),:;]+@(?:[\p{L}\p{N}-]{1,63}\.)+\p{L}{2,63}$/u.test(id.trim())
  )
}
