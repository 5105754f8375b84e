import type { EventDetail } from '../../../shared/event.ts'

export type TabId = 'properties' | 'context' | 'integrations' | 'request' | 'code' | 'raw' | 'replays'

export interface EventTab {
  id: TabId
  title: string
}

/** What there is to see of an event, the first of them first. A rejected call could not be read: it has its text. */
export function tabsOf(event: EventDetail): [EventTab, ...EventTab[]] {
  if (!event.accepted) {
    return [
      { id: 'raw', title: 'Raw' },
      { id: 'request', title: 'Request' },
    ]
  }
  const { type, integrations, replays } = event
  const hasIntegrations = integrations !== null && Object.keys(integrations).length > 0
  return [
    { id: 'properties', title: type === 'identify' || type === 'group' ? 'Traits' : 'Properties' },
    { id: 'context', title: 'Context' },
    ...(hasIntegrations ? [{ id: 'integrations' as const, title: 'Integrations' }] : []),
    { id: 'request', title: 'Request' },
    { id: 'code', title: 'Code' },
    { id: 'raw', title: 'Raw' },
    { id: 'replays', title: replays.length > 0 ? `Replays ${replays.length}` : 'Replays' },
  ]
}
