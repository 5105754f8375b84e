import { csvColumns, writtenColumns } from '../csv-columns.ts'
import type { Plan, PlannedEvent } from '../plan.ts'
import { printPath } from '../property-path.ts'
import { rowsOf } from '../property-table.ts'
import type { PropertyRow } from '../property-table.ts'

type Cells = Partial<Record<(typeof writtenColumns)[number], string>>

/** RFC 4180: a row for each event and one for each of its properties. What `readCsvPlan` reads again. */
export function planAsCsv(plan: Plan): string {
  const rows = plan.events.flatMap(rowsOfEvent)
  // The name of the plan is said once.
  const [first, ...others] = rows
  const all = first === undefined ? [] : [{ ...first, plan: plan.name }, ...others]
  const head = writtenColumns.map((column) => csvColumns[column].title)
  return [head, ...all.map((row) => writtenColumns.map((column) => row[column] ?? ''))]
    .map((cells) => `${cells.map(cell).join(',')}\r\n`)
    .join('')
}

function rowsOfEvent({ name, description, schema }: PlannedEvent): Cells[] {
  return rowsOf(schema).map((row): Cells => ({
    event: name,
    ...(row.path.length === 0
      ? { eventDescription: description }
      : { property: printPath(row.path), ...typeOf(row) }),
    values: row.values === null ? '' : valuesText(row.values),
    format: row.format ?? '',
    description: row.description,
    otherRules: Object.keys(row.more).length === 0 ? '' : JSON.stringify(row.more),
  }))
}

function typeOf({ types, isRequired }: PropertyRow): Cells {
  return { type: types.length === 0 ? 'any' : types.join(' | '), required: isRequired ? 'yes' : 'no' }
}

/** `small | large` where that can be read in one way only, else JSON. */
function valuesText(values: readonly unknown[]): string {
  const isPlain = values.every(
    (value) => typeof value === 'string' && /^[\p{L}\p{N}_ -]+$/u.test(value) && value.trim() === value,
  )
  return isPlain && values.length > 1 ? values.join(' | ') : JSON.stringify(values)
}

/** A cell that a spreadsheet would take for a formula gets an apostrophe in front; so does one that looks as if it had. */
function cell(text: string): string {
  const safe = /^'*[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",;\r\n\t]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
