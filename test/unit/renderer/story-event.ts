import type { TracksideEvent } from '../../../shared/event.ts'

/** An event as the engine gives it, with what a test wants to be different. */
export function storyEvent(fields: Partial<TracksideEvent>): TracksideEvent {
  return {
    id: 1,
    receivedAt: '2026-02-03T04:05:06.789Z',
    type: 'track',
    event: 'Report Exported',
    name: null,
    category: null,
    userId: 'usr_42',
    anonymousId: null,
    previousId: null,
    accountId: null,
    messageId: null,
    source: 'web',
    timestamp: '2026-02-03T04:05:06.789Z',
    originalTimestamp: null,
    sentAt: null,
    properties: {},
    traits: null,
    context: null,
    integrations: null,
    library: { name: null, version: null },
    accepted: true,
    rejection: null,
    requestId: 1,
    fault: null,
    batchIndex: null,
    analysed: true,
    person: null,
    accountName: null,
    problems: [],
    ...fields,
  }
}
