import type { TracksideEvent } from './event.ts'

const csvColumns = [
  'id',
  'receivedAt',
  'timestamp',
  'type',
  'event',
  'name',
  'userId',
  'anonymousId',
  'accountId',
  'messageId',
  'source',
  'accepted',
  'properties',
  'traits',
  'context',
  'problems',
] as const satisfies readonly (keyof TracksideEvent)[]

export const csvHead = csvColumns.join(',')

/** RFC 4180; a cell that a spreadsheet would take for a formula gets an apostrophe in front. */
export function csvRow(event: TracksideEvent): string {
  return csvColumns
    .map((column) => {
      const value = event[column]
      if (value === null) return ''
      const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
      const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
      return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
    })
    .join(',')
}
