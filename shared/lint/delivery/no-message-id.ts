import { typeName } from '../metadata/value.ts'
import type { Rule } from '../rule.ts'

export const noMessageId: Rule = {
  id: 'delivery/no-message-id',
  severity: 'info',
  title: 'Call has no messageId',
  documentation:
    'A `messageId` names one call, so that one which is sent again after a lost answer is counted once. All SDKs of Segment write it; who speaks to the HTTP API by themselves has to: a UUID, made when the call is made and kept when it is sent again.',
  good: {
    type: 'track',
    event: 'Invoice Sent',
    userId: 'abc123',
    messageId: '022bb90c-bbac-11e4-8dfc-aa07a5b093db',
  },
  bad: { type: 'track', event: 'Invoice Sent', userId: 'abc123' },
  source: 'Segment HTTP API',
  check({ messageId, payload }, { isTranslated }) {
    if (messageId !== null || isTranslated) return []
    const sent = payload['messageId']
    return [
      {
        path: 'messageId',
        message:
          sent === undefined || sent === null || sent === ''
            ? 'This call has no messageId'
            : `\`messageId\` is ${typeName(sent)}, not text`,
        reason: 'If it has to be sent again, nobody can tell that it is the same call, and it counts twice.',
        suggestion: null,
      },
    ]
  },
}
