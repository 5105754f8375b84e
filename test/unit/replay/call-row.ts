import { normalise } from '../../../shared/normalise.ts'
import type { CallType, JsonObject } from '../../../shared/event.ts'
import type { ReadableRow } from '../../../electron/engine/replay/limits.ts'

/** A row as the log has it for a payload text, at 2026-02-01 12:00:00 unless told otherwise. */
export function callRow(
  payload: string,
  { envelope = {}, receivedAt = Date.parse('2026-02-01T12:00:00.000Z'), id = 1, type } = {} as {
    envelope?: JsonObject
    receivedAt?: number
    id?: number
    /** That the path names. */
    type?: CallType
  },
): ReadableRow {
  const call = normalise(JSON.parse(payload) as JsonObject, {
    batch: envelope,
    receivedAt,
    pathType: type,
  })
  return {
    id,
    type: call.type ?? 'track',
    name: call.event ?? call.name,
    user_id: call.userId,
    anonymous_id: call.anonymousId,
    message_id: call.messageId,
    timestamp: call.timestamp,
    sent_at: call.sentAt,
    accepted: 1,
    payload,
    envelope: Object.keys(envelope).length === 0 ? null : JSON.stringify(envelope),
  }
}
