import type { CallType, JsonObject } from '../../../shared/event.ts'
import { segmentCall } from '../../../shared/journy.ts'
import { isJsonObject, normalise } from '../../../shared/normalise.ts'
import type { NormalisedCall } from '../../../shared/normalise.ts'
import type { LogRow } from '../store/log-rows.ts'

/** An accepted event of the log as the parts of analysis see it. */
export interface AnalysedCall extends NormalisedCall {
  id: number
  type: CallType
  receivedAt: number
  source: string
  payload: JsonObject
  /** How it came. */
  request: {
    id: number
    /** Its place in a batch, from 0; null for a call that came alone. */
    batchIndex: number | null
    /** Bytes of the body, unpacked. */
    bytes: number
    /** What a batch says about all of its calls. */
    batch: JsonObject
    /** Whether its sender has heard that it arrived, as far as that is known: a fault on purpose may say otherwise. */
    isDelivered: boolean
  }
  /** Bytes of the call as sent, in UTF-8. */
  bytes: number
  /** Whether it was sent in the words of another vendor's API. */
  isTranslated: boolean
}

/**
 * The call that an accepted row holds, in the words of the spec; null where it holds none. Its times are those of the
 * log: capture has also read what headers say of them.
 */
export function callOf(row: LogRow): AnalysedCall | null {
  const sent: unknown = row.accepted === 0 || row.payload === null ? null : JSON.parse(row.payload)
  if (row.payload === null || row.type === null || !isJsonObject(sent)) return null
  const payload = segmentCall(sent, row.type)
  const said: unknown = row.envelope === null ? {} : JSON.parse(row.envelope)
  const batch = isJsonObject(said) ? said : {}
  const normalised = normalise(payload, {
    batch,
    receivedAt: row.received_at,
    anonymousIdHeader: row.anonymous_id ?? undefined,
    pathType: row.type,
  })
  return {
    ...normalised,
    id: row.id,
    type: row.type,
    receivedAt: row.received_at,
    timestamp: row.timestamp,
    originalTimestamp: row.original_timestamp,
    sentAt: row.sent_at,
    source: row.source ?? '',
    payload,
    request: {
      id: row.request_id,
      batchIndex: row.batch_index,
      bytes: row.unpacked_bytes ?? row.body_bytes,
      batch,
      isDelivered: row.is_delivered === 1,
    },
    bytes: Buffer.byteLength(row.payload),
    isTranslated: payload !== sent,
  }
}
