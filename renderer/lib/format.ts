const wholeNumber = new Intl.NumberFormat('en-US')
const shortNumber = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 })

/** 12,481 */
export const count = (value: number): string => wholeNumber.format(value)

/** 12.5K, where there is no room for more. */
export const shortCount = (value: number): string => shortNumber.format(value)

/** "1 event", "12,481 events" */
export const counted = (value: number, one: string, many = `${one}s`): string =>
  `${count(value)} ${value === 1 ? one : many}`

/** 38 MB */
export function bytes(value: number): string {
  const units = ['bytes', 'KB', 'MB', 'GB', 'TB']
  let amount = value
  let unit = 0
  while (amount >= 1000 && unit < units.length - 1) {
    amount /= 1024
    unit += 1
  }
  const digits = unit > 0 && amount < 10 ? 1 : 0
  return `${amount.toFixed(digits)} ${units[unit] ?? ''}`
}

/** 340 ms, 2.4 s, 3 min, 5 h, 2 d */
export function duration(ms: number): string {
  const amount = Math.abs(ms)
  if (amount < 1000) return `${Math.round(amount)} ms`
  if (amount < 60_000) return `${Number((amount / 1000).toFixed(amount < 10_000 ? 1 : 0))} s`
  if (amount < 3_600_000) return `${Math.round(amount / 60_000)} min`
  if (amount < 86_400_000) return `${Math.round(amount / 3_600_000)} h`
  return `${Math.round(amount / 86_400_000)} d`
}

/** "just now", "4 min ago" */
export function ago(iso: string, now: number): string {
  const ms = now - Date.parse(iso)
  return ms < 5_000 ? 'just now' : `${duration(ms)} ago`
}

const clockFormat = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})
const dayFormat = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
})
const fullFormat = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
  timeZoneName: 'longOffset',
})

/** Local time of the day; the milliseconds apart, because they are shown fainter. */
export function clock(iso: string): { time: string; milliseconds: string } {
  return { time: clockFormat.format(new Date(iso)), milliseconds: `.${iso.slice(20, 23)}` }
}

/** "Tuesday, 24 November 2026", in local time. */
export const day = (iso: string): string => dayFormat.format(new Date(iso))

/** Everything, the zone too: what a time shows when the pointer rests on it. */
export const fullTime = (iso: string): string => fullFormat.format(new Date(iso))

/** A value in one line, for a table: strings bare, everything else as JSON. */
export function inline(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
}
