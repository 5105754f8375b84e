import type { CallType, JsonObject, TracksideEvent } from '../../../shared/event.ts'

/** A call as its developer wrote it: without what the SDK adds on its own (ids of messages, times, its name). */
export interface CodeCall {
  type: CallType
  /** Where capture listens: http://127.0.0.1:7357, or over https. */
  captureUrl: string
  writeKey: string
  userId: string | null
  anonymousId: string | null
  previousId: string | null
  groupId: string | null
  /** Of a track call. */
  event: string | null
  /** Of a page or screen call. */
  name: string | null
  properties: JsonObject | null
  traits: JsonObject | null
  context: JsonObject | null
  integrations: JsonObject | null
}

/** null for a call whose type could not be read: there is no code that would send it. */
export function callOf(event: TracksideEvent, captureUrl: string): CodeCall | null {
  if (event.type === null) return null
  return {
    type: event.type,
    captureUrl,
    writeKey: event.source ?? 'WRITE_KEY',
    userId: event.userId,
    anonymousId: event.anonymousId,
    previousId: event.previousId,
    groupId: event.type === 'group' ? event.accountId : null,
    event: event.event,
    name: event.name,
    properties: event.properties,
    traits: event.traits,
    context: contextOf(event),
    integrations: filled(event.integrations),
  }
}

function contextOf({ type, accountId, context }: TracksideEvent): JsonObject | null {
  const { library: _library, ...own } = context ?? {}
  if (type !== 'group' && accountId !== null && own['groupId'] === undefined) own['groupId'] = accountId
  return filled(own)
}

const filled = (object: JsonObject | null): JsonObject | null =>
  object === null || Object.keys(object).length === 0 ? null : object

/** The fields of the call in the order in which one writes them, by the names of the HTTP API; nothing that is null. */
export function fieldsOf(call: CodeCall): JsonObject {
  const { userId, anonymousId, previousId, groupId, event, name, context, integrations } = call
  const fields: JsonObject = { userId, anonymousId, previousId, groupId, event, name }
  if (call.type === 'identify' || call.type === 'group') fields['traits'] = call.traits
  else if (call.type !== 'alias') fields['properties'] = call.properties
  return withoutNull({ ...fields, context, integrations })
}

export function withoutNull(fields: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null))
}
