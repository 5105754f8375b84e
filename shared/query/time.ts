import type { TimeKey } from './ast.ts'

/** A time as it was written. What it means depends on the moment, so it is worked out only when asked. */
export type TimeExpression =
  | { readonly form: 'now' }
  | { readonly form: 'ago'; readonly amount: number; readonly unit: DurationUnit }
  | { readonly form: 'day'; readonly day: 'today' | 'yesterday' }
  | CalendarTime

export type DurationUnit = 's' | 'm' | 'h' | 'd' | 'w'

export interface CalendarTime {
  readonly form: 'calendar'
  readonly year: number
  /** 1 to 12. */
  readonly month: number
  readonly day: number
  /** Absent for a whole day. Seconds and milliseconds are null where they were not written. */
  readonly clock: {
    readonly hour: number
    readonly minute: number
    readonly second: number | null
    readonly millisecond: number | null
  } | null
  /** Minutes east of UTC; null is local time. */
  readonly offset: number | null
}

const second = 1000
const minute = 60 * second
const day = 24 * 60 * minute
const unitMs: Record<DurationUnit, number> = { s: second, m: minute, h: 60 * minute, d: day, w: 7 * day }

const duration = /^(\d{1,6})([smhdw])$/i
const calendar =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i

export const timeForms = ['5m', '2h', '1d', 'today', 'yesterday', 'now', '2026-02-03', '2026-02-03T04:05:06Z']

/** Reads a time: 30s, 5m, 2h, 1d, 1w, now, today, yesterday, a date or an ISO 8601 time. null when it is none. */
export function parseTimeExpression(text: string): TimeExpression | null {
  const word = text.toLowerCase()
  if (word === 'now') return { form: 'now' }
  if (word === 'today' || word === 'yesterday') return { form: 'day', day: word }
  const [, amount, unit] = duration.exec(word) ?? []
  if (isDurationUnit(unit)) return { form: 'ago', amount: Number(amount), unit }
  return parseCalendar(text)
}

function isDurationUnit(unit: string | undefined): unit is DurationUnit {
  return unit !== undefined && Object.hasOwn(unitMs, unit)
}

function parseCalendar(text: string): CalendarTime | null {
  const match = calendar.exec(text)
  if (match === null) return null
  const [, year, month, day, hour, minutes, seconds, fraction, zone] = match
  const date = { year: Number(year), month: Number(month), day: Number(day) }
  if (!isDate(date)) return null
  if (hour === undefined) return { form: 'calendar', ...date, clock: null, offset: null }
  const clock = {
    hour: Number(hour),
    minute: Number(minutes),
    second: seconds === undefined ? null : Number(seconds),
    millisecond: fraction === undefined ? null : Number(fraction.slice(0, 3).padEnd(3, '0')),
  }
  if (clock.hour > 23 || clock.minute > 59 || (clock.second ?? 0) > 59) return null
  const offset = zone === undefined ? null : parseOffset(zone)
  if (Number.isNaN(offset)) return null
  return { form: 'calendar', ...date, clock, offset }
}

/** Years before 1000 are slips of the finger, and `Date` reads those below 100 as 19xx. */
function isDate({ year, month, day }: { year: number; month: number; day: number }): boolean {
  if (year < 1000 || month < 1 || month > 12 || day < 1) return false
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate()
}

/** Minutes east of UTC; NaN for what no clock shows. */
function parseOffset(zone: string): number {
  if (zone.toUpperCase() === 'Z') return 0
  const digits = zone.slice(1).replace(':', '')
  const hours = Number(digits.slice(0, 2))
  const minutes = Number(digits.slice(2) || '0')
  if (hours > 23 || minutes > 59) return Number.NaN
  const east = hours * 60 + minutes
  return zone.startsWith('-') && east > 0 ? -east : east
}

/** Half-open, in epoch milliseconds: start is part of it, end is not. */
export interface Stretch {
  readonly start: number
  readonly end: number
}

/**
 * The stretch of time that an expression names at `now` (epoch ms): a date is its whole day, 04:05 its whole minute, a
 * duration the very millisecond. `offset` is the local zone in minutes east of UTC; without it, that of the machine.
 */
export function resolveTime(time: TimeExpression, now: number, offset?: number): Stretch {
  switch (time.form) {
    case 'now':
      return { start: now, end: now + 1 }
    case 'ago': {
      const start = now - time.amount * unitMs[time.unit]
      return { start, end: start + 1 }
    }
    case 'day': {
      const today = offset === undefined ? new Date(now) : new Date(now + offset * minute)
      const [year, month, date] =
        offset === undefined
          ? [today.getFullYear(), today.getMonth(), today.getDate()]
          : [today.getUTCFullYear(), today.getUTCMonth(), today.getUTCDate()]
      return wholeDay(year, month, time.day === 'today' ? date : date - 1, offset)
    }
    case 'calendar':
      return resolveCalendar(time, offset)
  }
}

function resolveCalendar({ year, month, day, clock, offset }: CalendarTime, local?: number): Stretch {
  const zone = offset ?? local
  if (clock === null) return wholeDay(year, month - 1, day, zone)
  const fields = [
    year,
    month - 1,
    day,
    clock.hour,
    clock.minute,
    clock.second ?? 0,
    clock.millisecond ?? 0,
  ] as const
  const start = zone === undefined ? new Date(...fields).getTime() : Date.UTC(...fields) - zone * minute
  const length = clock.second === null ? minute : clock.millisecond === null ? second : 1
  return { start, end: start + length }
}

/** Midnight to midnight: 23 or 25 hours where the clocks change. `month` from 0. */
function wholeDay(year: number, month: number, date: number, offset: number | undefined): Stretch {
  const midnight = (date: number): number =>
    offset === undefined
      ? new Date(year, month, date).getTime()
      : Date.UTC(year, month, date) - offset * minute
  return { start: midnight(date), end: midnight(date + 1) }
}

/** Half-open, in epoch milliseconds; null where it has no bound. */
export interface TimeBounds {
  readonly from: number | null
  readonly to: number | null
}

/**
 * Which times of arrival a term lets through. `since` and `until` take the stretch in, `after` and `before` leave it
 * out: until:2026-02-03 ends with that day, before:2026-02-03 ends with the day before.
 */
export function timeBounds(key: TimeKey, time: TimeExpression, now: number, offset?: number): TimeBounds {
  const { start, end } = resolveTime(time, now, offset)
  switch (key) {
    case 'since':
      return { from: start, to: null }
    case 'after':
      return { from: end, to: null }
    case 'before':
      return { from: null, to: start }
    case 'until':
      return { from: null, to: end }
  }
}

export function printTime(time: TimeExpression): string {
  switch (time.form) {
    case 'now':
      return 'now'
    case 'ago':
      return `${time.amount}${time.unit}`
    case 'day':
      return time.day
    case 'calendar':
      return printCalendar(time)
  }
}

const digits = (value: number, length = 2): string => String(value).padStart(length, '0')

function printCalendar({ year, month, day, clock, offset }: CalendarTime): string {
  const date = `${digits(year, 4)}-${digits(month)}-${digits(day)}`
  if (clock === null) return date
  const seconds = clock.second === null ? '' : `:${digits(clock.second)}`
  const fraction = clock.millisecond === null ? '' : `.${digits(clock.millisecond, 3)}`
  return `${date}T${digits(clock.hour)}:${digits(clock.minute)}${seconds}${fraction}${printOffset(offset)}`
}

function printOffset(offset: number | null): string {
  if (offset === null) return ''
  if (offset === 0) return 'Z'
  const east = Math.abs(offset)
  return `${offset < 0 ? '-' : '+'}${digits(Math.floor(east / 60))}:${digits(east % 60)}`
}
