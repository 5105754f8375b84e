import { counted, duration } from '../../lib/format.ts'
import type { Outcome, Preset, Replay } from '../../../shared/contract/schemas.ts'

/** What each preset is for, what it does to the time and the identity of an event, and why. */
export const presetWords: Record<Preset, { title: string; about: string; detail: string }> = {
  historical: {
    title: 'Fill a gap',
    about: 'Keeps the time at which each event happened, and its messageId.',
    detail:
      'sentAt becomes the moment of sending and timestamp is corrected, so that the service arrives at the old time. What is there already under its messageId can be dropped.',
  },
  live: {
    title: 'Play it again now',
    about: 'Shifts the times so that the last event is now and the gaps stay; gives new messageIds.',
    detail: 'The old messageId stands in context.trackside.replayOf.',
  },
  retry: {
    title: 'Deliver what did not arrive',
    about: 'Sends each event as it came, with its times and its messageId.',
    detail:
      'For a service that was down a moment ago: what it has under this messageId it can drop. Much later it would date the events to about now.',
  },
  new: {
    title: 'Send test events',
    about: 'Dates every event at the moment of sending; gives new messageIds.',
    detail: 'The old messageId stands in context.trackside.replayOf.',
  },
}

export const outcomeWords: Record<Outcome['outcome'], string> = {
  pending: 'Waiting',
  sent: 'Sent',
  failed: 'Failed',
  skipped: 'Left out',
}

export const leftOf = ({ total, sent, failed, skipped }: Replay): number => total - sent - failed - skipped

/** "212 sent, 2 failed", with what else there is to say of it. */
export function sumOf(replay: Replay): string {
  const left = leftOf(replay)
  const hasEnded = replay.state === 'done' || replay.state === 'cancelled'
  return [
    `${counted(replay.sent, 'sent', 'sent')}`,
    ...(replay.failed > 0 ? [counted(replay.failed, 'failed', 'failed')] : []),
    ...(replay.skipped > 0 ? [counted(replay.skipped, 'left out', 'left out')] : []),
    ...(left > 0
      ? [hasEnded ? counted(left, 'never sent', 'never sent') : counted(left, 'to go', 'to go')]
      : []),
  ].join(', ')
}

/** "under a second", "about 3 min" */
export const roughly = (seconds: number): string =>
  seconds < 1 ? 'under a second' : `about ${duration(seconds * 1000)}`

export const queryWords = (query: string): string => (query.trim() === '' ? 'All events' : query)
