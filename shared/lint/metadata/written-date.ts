/** What a text or a number says about a time, if it says anything. `iso` is null where that could be two different days. */
export type WrittenDate = { kind: 'iso' } | { kind: 'impossible' } | { kind: 'other'; iso: string | null }

/** Dates are short. Characters. */
const longestDate = 80

/** Null for a text that is no date in any of the usual ways of writing. */
export function writtenDate(text: string): WrittenDate | null {
  if (text.length < 4 || text.length > longestDate || !/\d/.test(text)) return null
  const value = text.trim()
  return isoDate(value) ?? numericDate(value) ?? namedDate(value) ?? epochText(value)
}

/** Seconds, milliseconds or microseconds since 1970, of the years 1980 to 2100, as ISO 8601 in UTC; else null. */
export function epochDate(value: number): string | null {
  for (const perMs of [1 / 1_000, 1, 1_000]) {
    const ms = value / perMs
    if (ms >= Date.UTC(1980) && ms < Date.UTC(2100)) return withoutEmptyMs(new Date(ms).toISOString())
  }
  return null
}

const isoPattern =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d))?|-W(\d\d)(?:-[1-7])?|-(\d{3}))?(?:(T)(\d\d)(?::?(\d\d)(?::?(\d\d)(?:[.,]\d+)?)?)?(Z|[+-]\d\d(?::?\d\d)?)?)?$/
const isoBasicPattern =
  /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(?:(\d\d)(?:[.,]\d+)?)?(?:Z|[+-]\d\d(?::?\d\d)?)?)?$/

function isoDate(text: string): WrittenDate | null {
  const extended = isoPattern.exec(text)
  if (extended !== null) {
    const [, year, month = '01', day = '01', week = '01', ordinal = '001', , hour, minute, second] = extended
    const exists = isDay(year, month, day) && Number(week) <= 53 && Number(week) > 0 && Number(ordinal) <= 366
    return exists && isTime(hour, minute, second) ? { kind: 'iso' } : { kind: 'impossible' }
  }
  const basic = isoBasicPattern.exec(text)
  if (basic === null) return null
  const [, year, month, day, hour, minute, second] = basic
  // Eight digits can be anything.
  if (!isDay(year, month, day)) return null
  return isTime(hour, minute, second) ? { kind: 'iso' } : { kind: 'impossible' }
}

const timePattern = String.raw`(?:,?[ T]+(\d{1,2}):(\d\d)(?::(\d\d)(\.\d{1,9})?)? ?([ap]m)?(?: ?(Z|UTC|GMT|[+-]\d\d:?\d\d)?)?)?`
const numericPattern = new RegExp(String.raw`^(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})${timePattern}$`, 'i')

/** `03/02/2026`, `2026/02/03`, `2026-02-03 04:05`: which of them is the month, only a number above 12 tells. */
function numericDate(text: string): WrittenDate | null {
  const match = numericPattern.exec(text)
  if (match === null) return null
  const [, first = '', separator, second = '', third = '', ...time] = match
  if (first.length === 4) {
    if (third.length > 2) return null
    return isDay(first, second, third)
      ? { kind: 'other', iso: joined(first, second, third, time) }
      : { kind: 'impossible' }
  }
  // `1.2.3` and `10.15.7` are versions.
  if (first.length > 2 || third.length !== 4) return null
  const dayFirst = isDay(third, second, first)
  const monthFirst = isDay(third, first, second)
  if (!dayFirst && !monthFirst) return { kind: 'impossible' }
  // With dots, the day comes first wherever dates are written so.
  if (separator === '.' && dayFirst) return { kind: 'other', iso: joined(third, second, first, time) }
  if (dayFirst && monthFirst && Number(first) !== Number(second)) return { kind: 'other', iso: null }
  return {
    kind: 'other',
    iso: dayFirst ? joined(third, second, first, time) : joined(third, first, second, time),
  }
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const monthPattern =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?'
const weekdayPattern = '(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\\.?,? +)?'
const zonePattern = String.raw`(?: \([^)]{1,40}\))?`
/** `Tue Feb 03 2026 04:05:06 GMT+0100 (CET)`, `February 3, 2026`: the month first. */
const monthFirstPattern = new RegExp(
  String.raw`^${weekdayPattern}(${monthPattern})\.? +(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})${timePattern.replace('GMT|', 'GMT[+-]\\d{4}|GMT|')}${zonePattern}$`,
  'i',
)
/** `Tue, 03 Feb 2026 04:05:06 GMT`, `3 February 2026`, `3-Feb-2026`: the day first. */
const dayFirstPattern = new RegExp(
  String.raw`^${weekdayPattern}(\d{1,2})(?:st|nd|rd|th)?[ -]+(${monthPattern})\.?,?[ -]+(\d{4})${timePattern}${zonePattern}$`,
  'i',
)

function namedDate(text: string): WrittenDate | null {
  const monthFirst = monthFirstPattern.exec(text)
  const match = monthFirst ?? dayFirstPattern.exec(text)
  if (match === null) return null
  const [, first = '', second = '', year = '', ...time] = match
  const [name, day] = monthFirst === null ? [second, first] : [first, second]
  const month = String(months.indexOf(name.slice(0, 3).toLowerCase()) + 1)
  return isDay(year, month, day)
    ? { kind: 'other', iso: joined(year, month, day, time) }
    : { kind: 'impossible' }
}

function epochText(text: string): WrittenDate | null {
  if (!/^(?:\d{10}|\d{13}|\d{16})(?:\.\d{1,9})?$/.test(text)) return null
  const iso = epochDate(Number(text))
  return iso === null ? null : { kind: 'other', iso }
}

function isDay(year = '', month = '', day = ''): boolean {
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  return Number(year) >= 1000 && date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day)
}

function isTime(hour = '0', minute = '0', second = '0'): boolean {
  // Midnight at the end of a day, and a leap second.
  return Number(hour) <= 24 && Number(minute) <= 59 && Number(second) <= 60
}

/** As exact as it was written; without an offset where none was given, because nobody knows it. */
function joined(
  year: string,
  month: string,
  day: string,
  time: readonly (string | undefined)[],
): string | null {
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const [hour, minute, second, fraction = '', half, zone] = time
  if (hour === undefined || minute === undefined) return date
  const hours =
    half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0)
  if (!isTime(String(hours), minute, second)) return null
  return `${date}T${String(hours).padStart(2, '0')}:${minute}:${second ?? '00'}${fraction}${offset(zone)}`
}

function offset(zone: string | undefined): string {
  if (zone === undefined) return ''
  const digits = /([+-]\d\d):?(\d\d)$/.exec(zone)
  if (digits === null || /^[+-]0000$/.test(`${digits[1] ?? ''}${digits[2] ?? ''}`)) return 'Z'
  return `${digits[1] ?? ''}:${digits[2] ?? ''}`
}

function withoutEmptyMs(iso: string): string {
  return iso.replace('.000Z', 'Z')
}
