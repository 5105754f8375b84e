import { shown } from '../metadata/value.ts'
import type { Rule } from '../rule.ts'

export const foreign: Rule = {
  id: 'account/foreign',
  severity: 'warning',
  title: 'Account is not one of the user’s',
  documentation:
    'A group call puts a user into an account; `context.groupId` says in which of their accounts something happened. An account that the user was never put in, while group calls did put them in others, is most often that of the user before, or one that a group call was forgotten for. The finding appears only where group calls tell who belongs where: never for a user whom no group call has put anywhere.',
  good: { type: 'track', event: 'Invoice Sent', userId: 'abc123', context: { groupId: 'xyz789' } },
  bad: { type: 'track', event: 'Invoice Sent', userId: 'abc123', context: { groupId: 'of-somebody-else' } },
  source: 'experience',
  check(event, facts) {
    // Who sends no userId may be anybody who uses the device, whoever it was last known to belong to.
    if (event.type === 'group' || event.accountId === null || event.userId === null) return []
    const other = facts.otherAccountOfUser
    if (other === null) return []
    const label = other.name === null ? other.id : `${other.name} (${other.id})`
    return [
      {
        path: 'context.groupId',
        message: `Group calls have put this user in ${label.slice(0, 120)}, none in ${shown(event.accountId)}`,
        reason:
          'The event counts for an account that the user may have nothing to do with: correct it, or send the group call first.',
        suggestion: null,
      },
    ]
  },
}
