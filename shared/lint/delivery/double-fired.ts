import type { Rule } from '../rule.ts'

export const doubleFired: Rule = {
  id: 'delivery/double-fired',
  severity: 'warning',
  title: 'Same call fired twice',
  documentation:
    'The same name with the same metadata for the same user and account from the same source, less than half a second apart, and with another `messageId`: no person did that twice. Two listeners on one button, an effect that runs twice, a component mounted twice, or a tag that is installed twice look like this; tools count both, because nothing tells them that it is one. It is looked for among the 1,000 calls before, in track, page and screen calls of up to 32 KB. One that is merely sent again keeps its `messageId`, and is a duplicate.',
  good: { type: 'track', event: 'Invoice Sent', userId: 'abc123', messageId: 'fired-once' },
  bad: { type: 'track', event: 'Invoice Sent', userId: 'abc123', messageId: 'fired-again' },
  source: 'experience',
  check(_event, facts) {
    const before = facts.firedBefore
    // A call that was delivered before says that of itself, whatever it was fired beside.
    if (before === null || facts.duplicateOf !== null) return []
    return [
      {
        path: 'messageId',
        message: `Event ${before.eventId} says the same, ${before.apartMs} ms apart, under another messageId`,
        reason:
          'It counts twice, though it happened once: look for two listeners, or a tag that is there twice.',
        suggestion: null,
      },
    ]
  },
}
