import { shown } from '../metadata/value.ts'
import type { Rule } from '../rule.ts'

/** Characters: fewer than this. */
const limit = 100

export const longMessageId: Rule = {
  id: 'delivery/long-message-id',
  severity: 'warning',
  title: 'messageId is too long',
  documentation:
    'Segment takes a `messageId` of fewer than 100 characters. One that is made of names, ids and times put together grows beyond that sooner or later; a UUID never does.',
  good: {
    type: 'track',
    event: 'Invoice Sent',
    userId: 'abc123',
    messageId: '022bb90c-bbac-11e4-8dfc-aa07a5b093db',
  },
  bad: {
    type: 'track',
    event: 'Invoice Sent',
    userId: 'abc123',
    messageId:
      'invoice-sent/user-abc123/account-xyz789/invoice-inv_0451/2026-01-15T09:30:00.000Z/attempt-1/host-web-3.example.com',
  },
  source: 'Segment HTTP API',
  check({ messageId }) {
    if (messageId === null || messageId.length < limit) return []
    return [
      {
        path: 'messageId',
        message: `This messageId has ${messageId.length} characters: ${shown(messageId)}`,
        reason: `The real service takes fewer than ${limit}; send a UUID instead.`,
        suggestion: null,
      },
    ]
  },
}
