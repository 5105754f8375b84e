import type { CallType } from '../../../shared/event.ts'
import type { CallRow } from '../store/queries/replays.ts'
import { membersOf } from './members.ts'
import type { PresetCall } from './presets.ts'
import { segmentText } from './segment-text.ts'

/** Of Segment's HTTP API. */
export const callBytesLimit = 32 * 1024
const messageIdLimit = 100

/** A row that holds a call at all. */
export type Readable<Row extends CallRow> = Row & { type: CallType; payload: string }
export type ReadableRow = Readable<CallRow>

export const leftOutReasons = {
  rejected: 'rejected on arrival, so there is no call to send',
  noId: 'neither userId nor anonymousId',
  noEvent: 'a track call without an event name',
  noGroupId: 'a group call without groupId',
  noPreviousId: 'an alias call without previousId',
  longMessageId: 'a messageId of 100 characters or more',
  tooLarge: 'over 32 KB',
  alreadySent: 'already acknowledged by this destination',
  gone: 'deleted from the log before it was sent',
} as const

export function isReadable<Row extends CallRow>(row: Row): row is Readable<Row> {
  return row.accepted === 1 && row.type !== null && row.payload !== null
}

function hasId(text: string | undefined): boolean {
  return (
    text !== undefined && text !== 'null' && text !== '""' && !text.startsWith('{') && !text.startsWith('[')
  )
}

/** Why a service would refuse this call; null when it would take it. */
export function refusalOf(row: ReadableRow, call: PresetCall): string | null {
  if (row.user_id === null && row.anonymous_id === null) return leftOutReasons.noId
  if (row.type === 'track' && (row.name ?? '').trim() === '') return leftOutReasons.noEvent
  if (row.type === 'group' && !hasId(membersOf(segmentText(row.payload, row.type)).get('groupId')))
    return leftOutReasons.noGroupId
  if (row.type === 'alias' && !hasId(membersOf(row.payload).get('previousId')))
    return leftOutReasons.noPreviousId
  if (call.messageId.length >= messageIdLimit) return leftOutReasons.longMessageId
  if (call.bytes > callBytesLimit) return leftOutReasons.tooLarge
  return null
}
