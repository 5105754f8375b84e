import { shown } from '../metadata/value.ts'
import type { Rule } from '../rule.ts'

/** The call of an account that the finding stands at, counted from 1. */
const call = 3

export const unknown: Rule = {
  id: 'account/unknown',
  severity: 'info',
  title: 'No group call describes the account',
  documentation:
    'A group call gives an account its name, its plan, its size. Without one, everything that is counted per account shows a bare id. The finding stands once an account, at the third call that names it, and only when no group call has come by then: one often comes right behind the first track call, and a finding that the next moment proves wrong helps nobody.',
  good: { type: 'group', userId: 'abc123', groupId: 'xyz789', traits: { name: 'Tesla, Inc' } },
  bad: { type: 'track', event: 'Invoice Sent', userId: 'abc123', context: { groupId: 'xyz789' } },
  source: 'Track Spec',
  check(event, facts) {
    if (event.type === 'group' || event.accountId === null) return []
    const before = facts.accountBefore
    if (before === null || before.isDescribed || before.calls !== call - 1) return []
    return [
      {
        path: 'context.groupId',
        message: `Three calls have named the account ${shown(event.accountId)}, and no group call has described it`,
        reason: 'It has neither a name nor traits; send a group call when a user signs in to the account.',
        suggestion: null,
      },
    ]
  },
}
