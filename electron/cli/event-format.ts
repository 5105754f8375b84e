import { InvalidArgumentError } from 'commander'
import type { TracksideEvent } from '../../shared/event.ts'

export const eventFormats = ['table', 'json', 'ndjson', 'csv'] as const
export type EventFormat = (typeof eventFormats)[number]

export function eventFormat(value: string): EventFormat {
  const format = eventFormats.find((known) => known === value)
  if (format === undefined) throw new InvalidArgumentError(`It is one of ${eventFormats.join(', ')}.`)
  return format
}

/** What an SDK sent must not drive the terminal: control characters are shown, not obeyed. */
export function printable(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
}

function cell(text: string, width: number): string {
  const clean = printable(text)
  return clean.length > width ? `${clean.slice(0, width - 1)}…` : clean.padEnd(width)
}

function localTime(iso: string): string {
  const time = new Date(iso)
  const clock = [time.getHours(), time.getMinutes(), time.getSeconds()].map((part) =>
    String(part).padStart(2, '0'),
  )
  return `${clock.join(':')}.${String(time.getMilliseconds()).padStart(3, '0')}`
}

function nameOf(event: TracksideEvent): string {
  if (!event.accepted) return event.rejection?.code ?? 'rejected'
  return event.event ?? event.name ?? ''
}

export const tableHead = [
  'ID'.padEnd(8),
  'TIME'.padEnd(12),
  'TYPE'.padEnd(8),
  'NAME'.padEnd(32),
  'USER'.padEnd(20),
  'ACCOUNT'.padEnd(16),
  'PROBLEMS',
].join('  ')

export function tableRow(event: TracksideEvent): string {
  const problems = event.problems.map(({ rule, suggestion }) =>
    suggestion === null ? rule : `${rule} → ${suggestion}`,
  )
  return [
    String(event.id).padEnd(8),
    localTime(event.receivedAt),
    cell(event.type ?? '—', 8),
    cell(nameOf(event), 32),
    cell(event.person?.label ?? event.userId ?? event.anonymousId ?? '—', 20),
    cell(event.accountName ?? event.accountId ?? '—', 16),
    printable(problems.join(', ')),
  ].join('  ')
}
