import type { Histogram } from '../../../shared/contract/schemas.ts'
import { counted } from '../../lib/format.ts'
import { timeLabel } from './chart.ts'

type Bucket = Histogram['buckets'][number]

/** One bar in words: "14:05:10 · 42 events · 1 with errors". */
export function barText({ bucketMs }: Histogram, { start, events, errors, warnings }: Bucket): string {
  const parts = [timeLabel(Date.parse(start), bucketMs), counted(events, 'event')]
  if (errors > 0) parts.push(`${errors} with errors`)
  if (warnings > 0) parts.push(`${warnings} with warnings`)
  return parts.join(' · ')
}

/** What the drawing shows, for those who can't see it. */
export function summaryOf({ from, to, bucketMs, buckets }: Histogram): string {
  const sum = (of: (bucket: Bucket) => number): number =>
    buckets.reduce((total, bucket) => total + of(bucket), 0)
  const label = (iso: string): string => timeLabel(Date.parse(iso), bucketMs)
  const events = sum((bucket) => bucket.events)
  const range = `from ${label(from)} to ${label(to)}`
  const [first] = buckets
  if (events === 0 || first === undefined) return `Events over time: none ${range}.`
  const highest = buckets.reduce((most, bucket) => (bucket.events > most.events ? bucket : most), first)
  const errors = sum((bucket) => bucket.errors)
  const warnings = sum((bucket) => bucket.warnings)
  return (
    `Events over time: ${counted(events, 'event')} ${range}, most at ${label(highest.start)} with ` +
    `${counted(highest.events, 'event')}; ${errors} with errors, ${warnings} with warnings.`
  )
}
