import type { Plan, PlannedEvent } from '../plan.ts'
import { printPath } from '../property-path.ts'
import { rowsOf } from '../property-table.ts'
import type { PropertyRow } from '../property-table.ts'

/** A page to read: a heading for each event, and a table of its properties. */
export function planAsMarkdown(plan: Plan): string {
  return `${[`# ${inText(plan.name)}`, ...plan.events.map(section)].join('\n\n')}\n`
}

function section({ name, description, schema }: PlannedEvent): string {
  const properties = rowsOf(schema).filter(({ path }) => path.length > 0)
  const table = [
    '| Property | Type | Required | Values | Description |',
    '| --- | --- | --- | --- | --- |',
    ...properties.map(tableRow),
  ].join('\n')
  return [
    `## ${inText(name)}`,
    ...(description === '' ? [] : [inText(description)]),
    properties.length === 0 ? 'No properties.' : table,
    ...(schema['additionalProperties'] === true ? ['Other properties may be sent, too.'] : []),
  ].join('\n\n')
}

function tableRow({ path, types, isRequired, values, format, description }: PropertyRow): string {
  const type = `${types.length === 0 ? 'any' : types.join(' or ')}${format === null ? '' : ` (${format})`}`
  const permitted = values === null ? '' : values.map((value) => inCode(JSON.stringify(value))).join(', ')
  const cells = [
    inCode(printPath(path)),
    inText(type),
    isRequired ? 'yes' : 'no',
    permitted,
    inText(description),
  ]
  return `| ${cells.join(' | ')} |`
}

/** Text stays text: no markup of its own, in one line. */
function inText(text: string): string {
  return text.replace(/[\\`*_[\]<>|#!&~]/g, '\\$&').replace(/\s*[\r\n]+\s*/g, ' ')
}

/** Code has no escapes, so its fence is longer than any in it; only a bar would still end the cell. */
function inCode(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length))
  const fence = '`'.repeat(longest + 1)
  const space = text.startsWith('`') || text.endsWith('`') ? ' ' : ''
  return `${fence}${space}${text.replaceAll('|', '\\|').replace(/[\r\n]+/g, ' ')}${space}${fence}`
}
