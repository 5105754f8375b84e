import type { TracksideEvent } from '../../../shared/event.ts'

/** Silence that ends a session. */
export const sessionGapMs = 30 * 60_000

export interface DayItem {
  kind: 'day'
  key: string
  /** "Today", "Yesterday", "Tuesday" */
  title: string
  /** "24 November 2026" */
  date: string
}

/** The events of one session on one day. */
export interface SessionItem {
  kind: 'session'
  key: string
  fromIso: string
  toIso: string
  events: number
  /** Whether all of its events are here: the next page may bring more. */
  isWhole: boolean
  /** The silence between it and the session above it, in milliseconds; null for the first one. */
  gapMs: number | null
  /** Whether it is the session above it, on the other side of midnight. */
  goesOn: boolean
}

export interface EventItem {
  kind: 'event'
  key: string
  event: TracksideEvent
  /** What a screen reader has to hear before the first event below a heading. */
  heading: string | null
}

export type TimelineItem = DayItem | SessionItem | EventItem

interface Options {
  order: 'asc' | 'desc'
  /** Whether more events follow behind the last one. */
  hasMore: boolean
  /** Epoch milliseconds, for "Today". */
  now: number
  /** The zone in which days begin; that of this machine unless it is given. */
  timeZone?: string | undefined
}

/** Events in the order in which they are shown, with a heading wherever a day or a session begins. */
export function timelineItems(events: readonly TracksideEvent[], options: Options): TimelineItem[] {
  const days = calendar(options.timeZone, options.now)
  const items: TimelineItem[] = []
  let session: SessionItem | null = null
  let dayItem: DayItem | null = null
  let previousMs = Number.NaN
  let previousDay = ''
  for (const event of events) {
    const ms = Date.parse(event.receivedAt)
    const day = days.dayOf(ms)
    const silence = Math.abs(ms - previousMs)
    const isNewDay = day !== previousDay
    const isNewSession: boolean = session === null || silence > sessionGapMs
    if (isNewDay || dayItem === null) {
      dayItem = { kind: 'day', key: `day-${day}-${event.id}`, ...days.nameOf(ms) }
      items.push(dayItem)
    }
    const begins = isNewDay || isNewSession || session === null
    if (begins) {
      session = {
        kind: 'session',
        key: `session-${event.id}`,
        fromIso: event.receivedAt,
        toIso: event.receivedAt,
        events: 0,
        isWhole: true,
        gapMs: session !== null && isNewSession ? silence : null,
        goesOn: !isNewSession,
      }
      items.push(session)
    }
    if (session !== null) {
      session.events += 1
      if (options.order === 'asc') session.toIso = event.receivedAt
      else session.fromIso = event.receivedAt
    }
    items.push({
      kind: 'event',
      key: `event-${event.id}`,
      event,
      heading: begins ? headingOf(dayItem, session, options.order) : null,
    })
    previousMs = ms
    previousDay = day
  }
  if (session !== null) session.isWhole = !options.hasMore
  return items
}

function headingOf(day: DayItem, session: SessionItem | null, order: 'asc' | 'desc'): string {
  const gap = session?.gapMs == null ? '' : `, ${gapInWords(session.gapMs, order)}`
  return `${day.title}, ${day.date}${gap}`
}

/** "2 h 10 min later", or earlier where the list goes back in time. */
export function gapInWords(ms: number, order: 'asc' | 'desc'): string {
  const minutes = Math.round(ms / 60_000)
  const parts: [number, string][] = [
    [Math.floor(minutes / 1440), 'd'],
    [Math.floor((minutes % 1440) / 60), 'h'],
    [minutes % 60, 'min'],
  ]
  const first = parts.findIndex(([amount]) => amount > 0)
  const told = parts.slice(first, first + 2).filter(([amount]) => amount > 0)
  return `${told.map(([amount, unit]) => `${amount} ${unit}`).join(' ')} ${order === 'asc' ? 'later' : 'earlier'}`
}

/** Days as a wall calendar has them: some are 23 or 25 hours long, so they are counted by their dates. */
function calendar(timeZone: string | undefined, now: number) {
  const zone = timeZone === undefined ? {} : { timeZone }
  const isoFormat = new Intl.DateTimeFormat('en-CA', { dateStyle: 'short', ...zone })
  const weekdayFormat = new Intl.DateTimeFormat('en-GB', { weekday: 'long', ...zone })
  const dateFormat = new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    ...zone,
  })
  const dayOf = (ms: number): string => isoFormat.format(ms)
  const today = dayOf(now)
  const yesterday = new Date(Date.parse(`${today}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
  return {
    dayOf,
    nameOf(ms: number): { title: string; date: string } {
      const day = dayOf(ms)
      const title = day === today ? 'Today' : day === yesterday ? 'Yesterday' : weekdayFormat.format(ms)
      return { title, date: dateFormat.format(ms) }
    },
  }
}
