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
