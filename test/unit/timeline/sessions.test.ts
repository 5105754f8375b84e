import { describe, expect, it } from 'vitest'
import { gapInWords, timelineItems } from '../../../renderer/components/timeline/sessions.ts'
import type { TimelineItem } from '../../../renderer/components/timeline/sessions.ts'
import { timelineEvent as event } from './timeline-event.ts'

/** Each item as a person reads it. */
function read(items: TimelineItem[], order: 'asc' | 'desc', timeZone = 'UTC'): string[] {
  const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone })
  const at = (iso: string): string => clock.format(new Date(iso))
  return items.map((item) => {
    switch (item.kind) {
      case 'day':
        return `${item.title}, ${item.date}`
      case 'session':
        return [
          `${at(item.fromIso)}–${at(item.toIso)} ${item.events}${item.isWhole ? '' : '+'}`,
          ...(item.gapMs === null ? [] : [gapInWords(item.gapMs, order)]),
          ...(item.goesOn ? ['goes on'] : []),
        ].join(', ')
      case 'event':
        return `#${item.event.id}`
    }
  })
}

function timeline(
  times: string[],
  { order = 'asc' as 'asc' | 'desc', now = '2026-11-24T18:00:00Z', timeZone = 'UTC', hasMore = false } = {},
): string[] {
  const events = times.map((time, index) => event(index + 1, time))
  if (order === 'desc') events.reverse()
  return read(timelineItems(events, { order, hasMore, now: Date.parse(now), timeZone }), order, timeZone)
}

describe('a timeline', () => {
  it('is empty without events', () => {
    expect(timeline([])).toEqual([])
  })

  it('starts a session after more than half an hour of silence, and says how long it was', () => {
    expect(timeline(['2026-11-24T14:00:00Z', '2026-11-24T14:30:00Z', '2026-11-24T16:40:00Z'])).toEqual([
      'Today, 24 November 2026',
      '14:00–14:30 2',
      '#1',
      '#2',
      '16:40–16:40 1, 2 h 10 min later',
      '#3',
    ])
  })

  it('reads the other way round with the newest first', () => {
    expect(
      timeline(['2026-11-24T14:00:00Z', '2026-11-24T14:20:00Z', '2026-11-24T16:30:00Z'], { order: 'desc' }),
    ).toEqual([
      'Today, 24 November 2026',
      '16:30–16:30 1',
      '#3',
      '14:00–14:20 2, 2 h 10 min earlier',
      '#2',
      '#1',
    ])
  })

  it('names today, yesterday and the days before', () => {
    expect(
      timeline(['2026-11-22T09:00:00Z', '2026-11-23T09:00:00Z', '2026-11-24T09:00:00Z']).filter((line) =>
        line.includes('November'),
      ),
    ).toEqual(['Sunday, 22 November 2026', 'Yesterday, 23 November 2026', 'Today, 24 November 2026'])
  })

  it('lets a session go on over midnight', () => {
    expect(timeline(['2026-11-23T23:50:00Z', '2026-11-24T00:05:00Z'])).toEqual([
      'Yesterday, 23 November 2026',
      '23:50–23:50 1',
      '#1',
      'Today, 24 November 2026',
      '00:05–00:05 1, goes on',
      '#2',
    ])
  })

  it('begins days at the midnight of the zone', () => {
    const times = ['2026-11-23T22:30:00Z', '2026-11-23T23:00:00Z']
    expect(
      timeline(times, { timeZone: 'Europe/Berlin' }).filter((line) => line.includes('November')),
    ).toEqual(['Yesterday, 23 November 2026', 'Today, 24 November 2026'])
    expect(
      timeline(times, { timeZone: 'America/New_York' }).filter((line) => line.includes('November')),
    ).toEqual(['Yesterday, 23 November 2026'])
  })

  it('knows yesterday from a day that was 23 hours long, and one of 25', () => {
    const dates = (times: string[], now: string): string[] =>
      timeline(times, { now, timeZone: 'Europe/Berlin' }).filter((line) => / 20\d\d/.test(line))
    // Clocks go forward in the night to 29 March 2026, and back in the night to 25 October.
    expect(dates(['2026-03-28T22:30:00Z', '2026-03-29T10:00:00Z'], '2026-03-29T22:10:00Z')).toEqual([
      'Saturday, 28 March 2026',
      'Yesterday, 29 March 2026',
    ])
    expect(dates(['2026-10-24T22:10:00Z', '2026-10-25T22:50:00Z'], '2026-10-25T23:30:00Z')).toEqual([
      'Yesterday, 25 October 2026',
    ])
  })

  it('does not take the hour that clocks skip for silence', () => {
    expect(
      timeline(['2026-03-29T00:55:00Z', '2026-03-29T01:05:00Z'], {
        now: '2026-03-29T12:00:00Z',
        timeZone: 'Europe/Berlin',
      }),
    ).toEqual(['Today, 29 March 2026', '01:55–03:05 2', '#1', '#2'])
  })

  it('does not count a session to its end while more of it may follow', () => {
    expect(
      timeline(['2026-11-24T14:00:00Z', '2026-11-24T16:00:00Z'], { order: 'desc', hasMore: true }),
    ).toEqual(['Today, 24 November 2026', '16:00–16:00 1', '#2', '14:00–14:00 1+, 2 h earlier', '#1'])
  })

  it('tells a screen reader the day and the gap at the first event below them', () => {
    const items = timelineItems(
      [event(1, '2026-11-24T14:00:00Z'), event(2, '2026-11-24T14:01:00Z'), event(3, '2026-11-24T15:00:00Z')],
      { order: 'asc', hasMore: false, now: Date.parse('2026-11-24T18:00:00Z'), timeZone: 'UTC' },
    )
    expect(items.flatMap((item) => (item.kind === 'event' ? [item.heading] : []))).toEqual([
      'Today, 24 November 2026',
      null,
      'Today, 24 November 2026, 59 min later',
    ])
  })

  it('gives each item a key of its own, even when the clock of the machine was set back', () => {
    const items = timelineItems(
      [event(1, '2026-11-24T00:01:00Z'), event(2, '2026-11-23T23:59:00Z'), event(3, '2026-11-24T00:02:00Z')],
      { order: 'asc', hasMore: false, now: Date.parse('2026-11-24T18:00:00Z'), timeZone: 'UTC' },
    )
    expect(new Set(items.map(({ key }) => key)).size).toBe(items.length)
  })
})

describe('a gap', () => {
  it.each([
    [31 * 60_000, '31 min later'],
    [60 * 60_000, '1 h later'],
    [130 * 60_000, '2 h 10 min later'],
    [(24 * 60 + 5) * 60_000, '1 d later'],
    [(50 * 60 + 5) * 60_000, '2 d 2 h later'],
  ])('of %d ms is %s', (ms, words) => {
    expect(gapInWords(ms, 'asc')).toBe(words)
  })
})
