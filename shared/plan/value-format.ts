import type { Format } from './plan.ts'

/**
 * Stricter than the judge on purpose: a format that is drawn up from examples must never be one that the judge finds
 * those examples to break. Each is linear in the length of the text, which is bounded before.
 */
const recognised: readonly (readonly [Format, (text: string) => boolean])[] = [
  ['date-time', isDateTime],
  ['date', (text) => /^\d{4}-\d{2}-\d{2}$/.test(text) && isDay(text)],
  ['uuid', (text) => /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i.test(text)],
  [
    'email',
    (text) =>
      /^[a-z\d_+-]+(?:\.[a-z\d_+-]+)*@[a-z\d-]+(?:\.[a-z\d]+)+$/i.test(text) && !/@-|-[.@]|-$/.test(text),
  ],
  ['uri', (text) => /^https?:\/\/[a-z\d-]+(?:\.[a-z\d-]+)*(?::\d{1,5})?(?:[/?#][\w\-./?=&~]*)?$/i.test(text)],
]

/** Characters; a longer text has no format worth naming. */
const lengthLimit = 500

/** The formats that a text has. */
export function formatsOf(text: string): Format[] {
  if (text.length > lengthLimit) return []
  return recognised.flatMap(([format, has]) => (has(text) ? [format] : []))
}

function isDateTime(text: string): boolean {
  return (
    /^\d{4}-\d{2}-\d{2}T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/.test(
      text,
    ) && isDay(text.slice(0, 10))
  )
}

/** Whether the calendar has this day. */
function isDay(date: string): boolean {
  const time = Date.parse(`${date}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date)
}
