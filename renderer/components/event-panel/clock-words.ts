import type { TracksideEvent } from '../../../shared/event.ts'
import { duration } from '../../lib/format.ts'

/** How long a call may be under way before its clock is doubted, in milliseconds. */
const slowestWay = 10_000
/** No call arrives before it is sent; clocks of machines that are kept in time differ by less. */
const smallestLead = 1_000

/** What the time of sending says about the clock of the device; null where the SDK did not say when it sent. */
export function clockWords({
  sentAt,
  receivedAt,
}: Pick<TracksideEvent, 'sentAt' | 'receivedAt'>): string | null {
  if (sentAt === null) return null
  const lead = Date.parse(sentAt) - Date.parse(receivedAt)
  if (lead > smallestLead) return `device clock ${duration(lead)} ahead`
  if (lead < -slowestWay) return `clock ${duration(lead)} behind, or sent late`
  return 'clock ok'
}

/** "+121 ms": how much later; "at once" where there is nothing between. */
export function later(from: string, to: string): string {
  const ms = Date.parse(to) - Date.parse(from)
  return ms === 0 ? 'at once' : `${ms > 0 ? '+' : '−'}${duration(ms)}`
}

/** "+1.2 s in the SDK": how long a call waited there before it was sent. */
export function queued(original: string, sent: string): string {
  const ms = Date.parse(sent) - Date.parse(original)
  return ms > 0 ? `${later(original, sent)} in the SDK` : later(original, sent)
}

type Times = Pick<TracksideEvent, 'originalTimestamp' | 'sentAt' | 'receivedAt'>

/** Where the time went between the call and its arrival, as far as the SDK says it; null where it says nothing. */
export function deliverySentence({ originalTimestamp, sentAt, receivedAt }: Times): string | null {
  if (sentAt === null) return null
  const sent = Date.parse(sentAt)
  const way = Date.parse(receivedAt) - sent
  const queued = originalTimestamp === null ? null : sent - Date.parse(originalTimestamp)
  const parts = [
    queued === null || queued < 0
      ? null
      : queued === 0
        ? 'It was sent at once'
        : `It was sent ${duration(queued)} after it was called`,
    way < -smallestLead
      ? `the clock of its device is ${duration(way)} ahead of this one: its timestamp is put right by that`
      : way > slowestWay
        ? `its device says that it left ${duration(way)} before it arrived: its clock is ${duration(way)} behind, or the way took as long`
        : `it was ${duration(Math.max(0, way))} on its way`,
  ].filter((part) => part !== null)
  const sentence = parts.join(', and ')
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`
}
