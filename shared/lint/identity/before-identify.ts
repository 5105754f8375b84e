import { shown } from '../metadata/value.ts'
import type { Rule } from '../rule.ts'

export const beforeIdentify: Rule = {
  id: 'identity/before-identify',
  severity: 'info',
  title: 'User is tracked before identified',
  documentation:
    'An identify call says who a `userId` is: name, e-mail address, plan. Until it has come, tools show the user’s events under a bare id, and some drop them. Send it when somebody signs up or signs in, before the first track call. The finding stands at the first track call of a user alone. It means nothing where the identify call came before the log began: SDKs for browsers keep a `userId` that they have once been told.',
  good: { type: 'identify', userId: 'abc123', traits: { name: 'Jane Cooper' } },
  bad: { type: 'track', event: 'Invoice Sent', userId: 'abc123' },
  source: 'Segment spec',
  check(event, { isUserIntroduced }) {
    if (event.type !== 'track' || event.userId === null || isUserIntroduced) return []
    return [
      {
        path: 'userId',
        message: `This is the first that is heard of the user ${shown(event.userId)}: no identify call came before`,
        reason: 'Tools know no name and no traits for it yet; call identify before the first track.',
        suggestion: null,
      },
    ]
  },
}
