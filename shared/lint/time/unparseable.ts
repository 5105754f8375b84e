import type { JsonObject } from '../../event.ts'
import { parseTime } from '../../normalise.ts'
import { shown, typeName } from '../metadata/value.ts'
import type { Facts, Finding, LintedEvent, Rule } from '../rule.ts'

const fields = ['timestamp', 'originalTimestamp', 'sentAt'] as const

export const unparseable: Rule = {
  id: 'time/unparseable',
  severity: 'error',
  title: 'Time is no date',
  documentation:
    'Times are sent as ISO 8601, with a zone: `2026-01-15T09:30:00.000Z`. What can’t be read as a date is dropped; the event then counts as of the moment at which it arrived, which for a queue or an import is the wrong one. A time that a batch sends for all of its calls is reported at the first of them.',
  good: { type: 'track', event: 'Invoice Sent', userId: 'abc123', timestamp: '2026-01-15T09:30:00.000Z' },
  bad: { type: 'track', event: 'Invoice Sent', userId: 'abc123', timestamp: '15/01/2026 09:30' },
  source: 'Segment spec',
  check(event, facts) {
    return fields.flatMap((field) => {
      const sent = sentTime(event, facts, field)
      if (sent === undefined || sent === null || parseTime(sent) !== null) return []
      return [finding(field, sent)]
    })
  },
}

function sentTime({ payload }: LintedEvent, { batch }: Facts, field: (typeof fields)[number]): unknown {
  const own = ownValue(payload, field)
  if (field !== 'sentAt' || own !== undefined || batch === null) return own
  return batch.isFirst ? batch.sentAt : undefined
}

function ownValue(payload: JsonObject, key: string): unknown {
  return Object.hasOwn(payload, key) ? payload[key] : undefined
}

function finding(path: string, sent: unknown): Finding {
  return {
    path,
    message:
      typeof sent === 'string'
        ? `${shown(sent)} is no date in ISO 8601`
        : `\`${path}\` is ${typeName(sent)}, not a date: ${shown(sent)}`,
    reason:
      path === 'sentAt'
        ? 'Without it the clock of the device can’t be corrected; send it as 2026-01-15T09:30:00.000Z.'
        : 'It is dropped, and the event counts as of its arrival; send it as 2026-01-15T09:30:00.000Z.',
    suggestion: typeof sent === 'string' ? dateMeant(sent) : null,
  }
}

/** Longer ones are no date in any notation. Characters. */
const longestDate = 80

/** The date in ISO 8601, where it is written so that it can mean one moment only. */
function dateMeant(sent: string): string | null {
  if (sent.length > longestDate) return null
  const text = sent.trim()
  // Milliseconds, or seconds, in quotes.
  if (/^\d{10}(?:\d{3})?$/.test(text)) return iso(parseTime(Number(text)))
  // The month in letters and the zone in so many words: what dates are in mails, headers and JavaScript's own text.
  const isPlain =
    /^(?=.*\b[A-Za-z]{3}\b)(?=.*\d{1,2}:\d{2}).*\b(?:GMT|UTC)(?:[+-]\d{4})?(?: \([^()]*\))?$/.test(text)
  return isPlain ? iso(Date.parse(text)) : null
}

function iso(ms: number | null): string | null {
  return ms === null || Number.isNaN(ms) ? null : new Date(ms).toISOString()
}
