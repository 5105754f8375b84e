import type { Rule } from '../rule.ts'

export const missing: Rule = {
  id: 'account/missing',
  severity: 'warning',
  title: 'Track call names no account',
  documentation:
    'In B2B most events belong to a user and to an account. A user can be in several accounts, so the call has to say in which one it happened: `context.groupId`. The finding appears only for users who belong to an account, in sources that send accounts.',
  good: { type: 'track', event: 'Invoice Sent', userId: 'abc123', context: { groupId: 'xyz789' } },
  bad: { type: 'track', event: 'Invoice Sent', userId: 'abc123' },
  source: 'Track Spec',
  check(event, facts) {
    if (event.type !== 'track' || event.accountId !== null || !facts.sourceSendsAccounts) return []
    const account = facts.accountOfUser
    if (account === null) return []
    const label = account.name === null ? account.id : `${account.name} (${account.id})`
    return [
      {
        path: 'context.groupId',
        message: `This user belongs to the account ${label.slice(0, 120)}, but the call names none`,
        reason: 'Without context.groupId the event is missing from everything that is counted per account.',
        suggestion: account.id,
      },
    ]
  },
}
