import { CsvError, parse } from 'csv-parse/sync'
import type { JsonObject } from '../../event.ts'
import { isJsonObject } from '../../normalise.ts'
import { columnOf, csvColumns } from '../csv-columns.ts'
import type { CsvColumn } from '../csv-columns.ts'
import { placed } from '../origin.ts'
import type { PlannedEvent } from '../plan.ts'
import { PlanFault, found } from '../plan-fault.ts'
import { parsePath } from '../property-path.ts'
import { emptyRow, schemaOf } from '../property-table.ts'
import type { PropertyRow } from '../property-table.ts'
import { readSchema } from '../schema.ts'
import { requiredIn, typeIn, valuesIn } from './csv-cells.ts'
import { BrokenText } from './document.ts'
import type { ReadPlan } from './read-plan.ts'

interface CsvRow {
  cells: string[]
  /** From 1; a row with line breaks in its cells begins there. */
  line: number
}

/** Whether the first row has the headings of a plan. */
export function isCsvPlan(text: string): boolean {
  const first =
    text
      .slice(0, 5_000)
      .replace(/^\uFEFF/, '')
      .split(/\r?\n/, 1)[0] ?? ''
  const columns = first.split(delimiterOf(text)).map((heading) => columnOf(heading.replaceAll('"', '')))
  return columns.length > 1 && (columns.includes('event') || columns.includes('name'))
}

/** Reads what `planAsCsv` writes, and the tables of Segment. Raises BrokenText with line and cell. */
export function readCsvPlan(text: string): ReadPlan {
  const [head, ...rows] = rowsIn(text)
  if (head === undefined)
    throw new BrokenText({ line: 1, column: 1 }, 'expected a row of headings; found nothing')
  const columns = head.cells.map(columnOf)
  if (!columns.includes('event') && !columns.includes('name'))
    throw new BrokenText(
      { line: head.line, column: 1 },
      `expected a heading “${csvColumns.event.title}” and one “${csvColumns.property.title}”; found ${found(head.cells.join(', '))}`,
    )
  const reader = new TableReader(columns)
  for (const row of rows) reader.add(row)
  return reader.plan()
}

interface EventRows {
  description: string
  rows: PropertyRow[]
  line: number
}

class TableReader {
  readonly #columns: readonly (CsvColumn | null)[]
  readonly #events = new Map<string, EventRows>()
  readonly #notes = new Set<string>()
  #name: string | null = null
  #current: string | null = null

  constructor(columns: readonly (CsvColumn | null)[]) {
    this.#columns = columns
  }

  add(row: CsvRow): void {
    const say = (column: CsvColumn): string => unescaped(row.cells[this.#columns.indexOf(column)] ?? '')
    this.#name ??= say('plan') === '' ? null : say('plan')
    const kind = say('eventType').trim().toLowerCase()
    if (kind !== '' && kind !== 'track') {
      this.#notes.add(`The rules for ${kind} calls are left out: a plan here is about track calls.`)
      return
    }
    const { event: named, property } = this.#namesIn(say)
    const event = named === '' ? this.#current : named
    if (event === null) throw this.#broken(row, 'event', 'expected the name of an event; found nothing')
    this.#current = event
    let known = this.#events.get(event)
    if (known === undefined) {
      known = { description: '', rows: [], line: row.line }
      this.#events.set(event, known)
    }
    const about = say('eventDescription')
    if (about !== '') known.description = about
    if (property !== '') known.rows.push(this.#property(row, say, property))
    else {
      if (this.#columns.includes('name') && say('description') !== '') known.description = say('description')
      known.rows.push({ ...this.#others(row, say, emptyRow([])), types: ['object'] })
    }
  }

  plan(): ReadPlan {
    const events = [...this.#events].map(([name, { description, rows, line }]): PlannedEvent => {
      try {
        return placed({ name, description, schema: readSchema(schemaOf(rows), [line]) }, [line])
      } catch (error) {
        if (!(error instanceof PlanFault)) throw error
        throw new BrokenText(
          { line, column: 1 },
          `${found(name)}, at ${error.path.slice(1).join('.')}: ${error.message}`,
        )
      }
    })
    return { plan: { name: this.#name ?? 'Tracking plan', events }, notes: [...this.#notes] }
  }

  /** With one column for both, what has neither a type nor a status is an event. */
  #namesIn(say: (column: CsvColumn) => string): { event: string; property: string } {
    if (this.#columns.includes('event')) return { event: say('event'), property: say('property') }
    const isEvent = say('type').trim() === '' && say('required').trim() === ''
    return isEvent ? { event: say('name'), property: '' } : { event: '', property: say('name') }
  }

  #property(row: CsvRow, say: (column: CsvColumn) => string, text: string): PropertyRow {
    // Segment writes products.$.sku.
    const path = parsePath(text.replaceAll(/\.\$(?=\.|$)/g, '[]'))
    if (path === null || path.length === 0)
      throw this.#broken(row, 'property', `expected a property like products[].sku; found ${found(text)}`)
    const type = typeIn(say('type'))
    if (type === null)
      throw this.#broken(
        row,
        'type',
        `expected a type like string or number | null; found ${found(say('type'))}`,
      )
    const isRequired = requiredIn(say('required'))
    if (isRequired === null)
      throw this.#broken(row, 'required', `expected yes or no; found ${found(say('required'))}`)
    const { types, format } = type
    const values = valuesIn(say('values'), types)
    if (values === null)
      throw this.#broken(
        row,
        'values',
        `expected values like small | large, or a list as JSON; found ${found(say('values'))}`,
      )
    return this.#others(row, say, {
      path,
      types: [...types],
      isRequired,
      values: values.kind === 'list' ? values.values : null,
      format: say('format') === '' ? format : say('format'),
      description: say('description'),
      more: values.kind === 'pattern' ? { pattern: values.pattern } : {},
    })
  }

  #others(row: CsvRow, say: (column: CsvColumn) => string, property: PropertyRow): PropertyRow {
    const text = say('otherRules')
    if (text === '') return property
    const more = parsedObject(text)
    if (more === null)
      throw this.#broken(
        row,
        'otherRules',
        `expected keywords of JSON Schema like {"minLength": 1}; found ${found(text)}`,
      )
    return { ...property, more: { ...property.more, ...more } }
  }

  #broken(row: CsvRow, column: CsvColumn, message: string): BrokenText {
    const cell = Math.max(0, this.#columns.indexOf(column))
    return new BrokenText({ line: row.line, column: cell + 1 }, message)
  }
}

interface CsvRecord {
  record: string[]
  raw: string
  /** `lines` is the number of the line that the record ends on. */
  info: { lines: number }
}

function rowsIn(text: string): CsvRow[] {
  try {
    // Rows without a word, which spreadsheets add; a name may well be a space.
    const said = recordsIn(text).filter(({ record }) => record.some((cell) => cell !== ''))
    return said.map(({ record, raw, info }) => ({
      cells: record,
      line: info.lines - (raw.replace(/(?:\r\n|\n|\r)$/, '').match(/\r\n|\n|\r/g)?.length ?? 0),
    }))
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new BrokenText(
      { line: lineOf(error, text), column: Number(error['column'] ?? 0) + 1 },
      reasonOf(error),
    )
  }
}

function recordsIn(text: string, count?: number): CsvRecord[] {
  return parse(text, {
    bom: true,
    delimiter: delimiterOf(text),
    info: true,
    raw: true,
    relax_column_count: true,
    skip_empty_lines: true,
    ...(count === undefined ? {} : { to: count }),
  }) as unknown as CsvRecord[]
}

/** A quotation mark that never ends is found at the end of the file; it stands behind the last whole record. */
function lineOf(error: CsvError, text: string): number {
  if (error.code !== 'CSV_QUOTE_NOT_CLOSED') return Number(error['lines'] ?? 1)
  const whole = Number(error['records'] ?? 0)
  return 1 + (whole === 0 ? 0 : (recordsIn(text, whole).at(-1)?.info.lines ?? 0))
}

function reasonOf(error: CsvError): string {
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return 'a cell that begins with a quotation mark never ends'
    case 'INVALID_OPENING_QUOTE':
      return 'a quotation mark stands in the middle of a cell: quote the whole cell, and double the marks in it'
    case 'CSV_INVALID_CLOSING_QUOTE':
      return 'something follows the closing quotation mark of a cell'
    default:
      return error.message
  }
}

/** The sign that separates most cells of the first row. */
function delimiterOf(text: string): string {
  const head = /^[^\r\n]*/.exec(text.slice(0, 5_000))?.[0] ?? ''
  const counted = [',', ';', '\t'].map((sign) => ({ sign, count: head.split(sign).length }))
  return counted.reduce((best, one) => (one.count > best.count ? one : best)).sign
}

function parsedObject(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text)
    return isJsonObject(value) ? value : null
  } catch {
    return null
  }
}

/** The apostrophe in front of what a spreadsheet would take for a formula. */
const unescaped = (text: string): string => (/^'+[=+\-@\t\r]/.test(text) ? text.slice(1) : text)
