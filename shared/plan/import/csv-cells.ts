import type { JsonType } from '../plan.ts'
import { jsonTypes } from '../plan.ts'

/** What types go by in tables. */
const otherNames: ReadonlyMap<string, { type: JsonType; format: string | null }> = new Map([
  ['text', { type: 'string', format: null }],
  ['bool', { type: 'boolean', format: null }],
  ['int', { type: 'integer', format: null }],
  ['float', { type: 'number', format: null }],
  ['double', { type: 'number', format: null }],
  ['decimal', { type: 'number', format: null }],
  ['list', { type: 'array', format: null }],
  ['date time', { type: 'string', format: 'date-time' }],
  ['datetime', { type: 'string', format: 'date-time' }],
  ['date-time', { type: 'string', format: 'date-time' }],
  ['timestamp', { type: 'string', format: 'date-time' }],
  ['date', { type: 'string', format: 'date' }],
])

/** `string`, `number | null`, `Date time`, `any`; null for what is no type. */
export function typeIn(cell: string): { types: JsonType[]; format: string | null } | null {
  const words = cell
    .toLowerCase()
    .split(/[|,/]/)
    .map((word) => word.trim())
    .filter((word) => word !== '' && word !== 'any')
  const types: JsonType[] = []
  let format: string | null = null
  for (const word of words) {
    const type = jsonTypes.find((known) => known === word)
    const other = otherNames.get(word)
    if (type === undefined && other === undefined) return null
    types.push(...[type ?? other?.type ?? []].flat())
    format ??= other?.format ?? null
  }
  return { types: [...new Set(types)], format }
}

/** Whether the cell says that the property must be there; null where it says neither. */
export function requiredIn(cell: string): boolean | null {
  const word = cell.trim().toLowerCase()
  if (['yes', 'true', 'required', 'x', '1', 'y', '✓', '✔'].includes(word)) return true
  if (['', 'no', 'false', 'optional', '0', 'n', '-', '—'].includes(word)) return false
  return null
}

export type PermittedValues =
  { kind: 'any' } | { kind: 'list'; values: unknown[] } | { kind: 'pattern'; pattern: string }

/** `small | large`, a list as JSON, or the regular expression that Segment takes; null for a broken list. */
export function valuesIn(cell: string, types: readonly JsonType[]): PermittedValues | null {
  const text = cell.trim()
  if (text === '') return { kind: 'any' }
  if (/^\[\s*(?:["\d\-[{\]]|true|false|null)/.test(text)) {
    const list = parsedList(text)
    if (list !== null) return { kind: 'list', values: list }
    if (!types.includes('string')) return null
  }
  const words = text.replace(/^\^?\(?([^()^$]*)\)?\$?$/, '$1')
  if (/[\\^$*+?()[\]{}]|\.\*/.test(words)) return { kind: 'pattern', pattern: text }
  const parts = words.split('|').map((part) => part.trim())
  const values = parts.map((part) => valueOf(part, types))
  return values.includes(undefined) ? null : { kind: 'list', values }
}

function valueOf(text: string, types: readonly JsonType[]): unknown {
  if (types.length === 0 || types.includes('string'))
    return text === 'null' && types.includes('null') ? null : text
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

function parsedList(text: string): unknown[] | null {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) && value.length > 0 ? value : null
  } catch {
    return null
  }
}
