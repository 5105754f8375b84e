import type { Rule } from '../rule.ts'

export const duplicate: Rule = {
  id: 'delivery/duplicate',
  severity: 'warning',
  title: 'Same messageId as an earlier call',
  documentation:
    'A `messageId` names one call. When it comes twice, an SDK has tried again after a lost answer, or the same call is sent from two places. Segment keeps the first of them within a day; other tools count both.',
  good: { type: 'track', event: 'Invoice Sent', userId: 'abc123', messageId: 'message-1' },
  bad: { type: 'track', event: 'Invoice Sent', userId: 'abc123', messageId: 'message-2' },
  source: 'Segment spec',
  check(_event, facts) {
    const earlier = facts.duplicateOf
    if (earlier === null) return []
    return [
      {
        path: 'messageId',
        message: `Event ${earlier.eventId}, received ${earlier.receivedAt}, had the same messageId`,
        reason: 'It is a retry, or the same call sent twice; tools that do not remove duplicates count both.',
        suggestion: null,
      },
    ]
  },
}
