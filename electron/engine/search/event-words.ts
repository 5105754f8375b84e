import type { JsonObject } from '../../../shared/event.ts'
import type { NormalisedCall } from '../../../shared/normalise.ts'
import { searchedText } from '../../../shared/query/searched-text.ts'
import { callOf } from '../analysis/analysed-call.ts'
import type { LogRow } from '../store/log-rows.ts'
import { isoTimeOrNull } from '../store/queries/event-rows.ts'

/** Which field of a call shows what stands under a key of a payload; null where something else does. */
const shownBy = new Map<string, keyof NormalisedCall | null>([
  ['type', null],
  ['writeKey', null],
  ['event', 'event'],
  ['name', 'name'],
  ['userId', 'userId'],
  ['anonymousId', 'anonymousId'],
  ['previousId', 'previousId'],
  ['groupId', 'accountId'],
  ['messageId', 'messageId'],
  ['timestamp', 'originalTimestamp'],
  ['originalTimestamp', 'originalTimestamp'],
  ['sentAt', 'sentAt'],
  ['properties', 'properties'],
  ['traits', 'traits'],
  ['context', 'context'],
  ['integrations', 'integrations'],
])

/** What a payload says that no field shows: keys of the sender's own, and values of a shape that no call has. */
function unshown(payload: JsonObject, call: NormalisedCall): unknown[] {
  return Object.entries(payload).flatMap(([key, value]) => {
    const field = shownBy.get(key)
    if (field === undefined) return [key, value]
    return field !== null && call[field] === null ? [value] : []
  })
}

/** The words of an accepted event. */
function callText(call: NormalisedCall, payload: JsonObject, source: string | null): string {
  const times = {
    originalTimestamp: isoTimeOrNull(call.originalTimestamp),
    sentAt: isoTimeOrNull(call.sentAt),
  }
  return searchedText({ ...call, ...times, source, rejection: null }, unshown(payload, call))
}

/** The words of an event of which no call could be made. */
function rejectedText(row: LogRow): string {
  return searchedText({
    type: row.type,
    event: null,
    name: null,
    userId: row.user_id,
    anonymousId: row.anonymous_id,
    previousId: row.previous_id,
    accountId: row.account_id,
    messageId: row.message_id,
    source: row.source,
    originalTimestamp: isoTimeOrNull(row.original_timestamp),
    sentAt: isoTimeOrNull(row.sent_at),
    properties: null,
    traits: null,
    context: null,
    integrations: null,
    rejection: { code: row.rejection_code ?? '', message: row.rejection_message ?? '' },
    payload: row.payload,
    rawBody: row.raw_body === null ? null : Buffer.from(row.raw_body).toString('utf8'),
  })
}

/** What the words of an event are looked for in; of one whose payload is damaged, those of its fields. */
export function wordsOf(row: LogRow): string {
  try {
    const call = callOf(row)
    if (call !== null) return callText(call, call.payload, row.source)
  } catch {
    // One event that can't be read must not keep the others from being found.
  }
  return rejectedText(row)
}
