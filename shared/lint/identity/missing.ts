import type { Rule } from '../rule.ts'

export const missing: Rule = {
  id: 'identity/missing',
  severity: 'error',
  title: 'Call names nobody',
  documentation:
    'Every call needs a `userId` or an `anonymousId`: it is how what one person does is put together. Browser and mobile SDKs add one by themselves; on a server it has to be passed along.',
  good: { type: 'track', event: 'Invoice Sent', userId: 'abc123' },
  bad: { type: 'track', event: 'Invoice Sent' },
  source: 'Segment spec',
  check(event) {
    if (event.userId !== null || event.anonymousId !== null) return []
    return [
      {
        path: 'userId',
        message: 'This call has neither a userId nor an anonymousId',
        reason: 'It belongs to nobody, and the real service refuses it.',
        suggestion: null,
      },
    ]
  },
}
