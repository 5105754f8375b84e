import { shown } from '../metadata/value.ts'
import type { Rule } from '../rule.ts'

export const conflict: Rule = {
  id: 'identity/conflict',
  severity: 'warning',
  title: 'Two users share one anonymousId',
  documentation:
    'An `anonymousId` stands for one browser or one device, and whoever signs in there owns what was done under it before. When a second user turns up with it, either two people share the device, or the app forgot to call `reset()` at sign-out; tools that join ids then make one person of both. The finding stands at the call with which the new user takes over, not at all that follow. Two accounts of one person are joined with an alias call first, and then are no conflict.',
  good: { type: 'identify', userId: 'abc123', anonymousId: 'browser-of-one' },
  bad: { type: 'identify', userId: 'abc123', anonymousId: 'browser-of-two' },
  source: 'Segment spec',
  check(event, { formerUser }) {
    if (formerUser === null) return []
    return [
      {
        path: 'anonymousId',
        message: `${shown(event.anonymousId)} belonged to the user ${shown(formerUser)} until this call`,
        reason:
          'What the two do is mixed up, or they are joined into one person: call reset() when a user signs out.',
        suggestion: null,
      },
    ]
  },
}
