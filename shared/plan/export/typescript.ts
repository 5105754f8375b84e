import type { JsonObject } from '../../event.ts'
import { isJsonObject } from '../../normalise.ts'
import type { JsonType, Plan, PlannedEvent } from '../plan.ts'
import { typesOf } from '../property-table.ts'

/** Types for the code that sends: a map from the name of an event to its properties, and a `track` that follows it. */
export function planAsTypeScript(plan: Plan): string {
  const events = plan.events.map(eventType)
  return `${comment(`${plan.name}: the events that are planned, and what each of them carries.`, '')}export interface PlannedEvents {
${events.join('\n')}}

export type PlannedEventName = keyof PlannedEvents

/** Whether all that an event carries may be left out. */
type Optional<T> = Record<never, never> extends T ? true : false

/** Takes the names of the plan alone, each with its own properties. */
export type Track = <Name extends PlannedEventName>(
  event: Name,
  ...rest: Optional<PlannedEvents[Name]> extends true
    ? [properties?: PlannedEvents[Name], ...more: unknown[]]
    : [properties: PlannedEvents[Name], ...more: unknown[]]
) => unknown

export declare const track: Track
`
}

function eventType({ name, description, schema }: PlannedEvent): string {
  return `${comment(description, '  ')}  ${JSON.stringify(name)}: ${typeOf({ ...schema, type: 'object' }, '  ')}\n`
}

/** The type of a schema; what it says beyond types is left to the judge. */
function typeOf(schema: JsonObject, indent: string): string {
  const values = schema['const'] === undefined ? schema['enum'] : [schema['const']]
  if (Array.isArray(values) && values.every((value) => typeof value !== 'object' || value === null))
    return values.map((value) => JSON.stringify(value)).join(' | ')
  const anyOf = schema['anyOf'] ?? schema['oneOf']
  const types = typesOf(schema)
  if (types.length === 0 && Array.isArray(anyOf))
    return anyOf.map((one) => (isJsonObject(one) ? typeOf(one, indent) : 'unknown')).join(' | ')
  if (types.length === 0) return schema['properties'] === undefined ? 'unknown' : objectType(schema, indent)
  return [...new Set(types.map((type) => namedType(type, schema, indent)))].join(' | ')
}

function namedType(type: JsonType, schema: JsonObject, indent: string): string {
  switch (type) {
    case 'string':
    case 'boolean':
    case 'null':
      return type
    case 'number':
    case 'integer':
      return 'number'
    case 'array': {
      const { items } = schema
      return `Array<${isJsonObject(items) ? typeOf(items, indent) : 'unknown'}>`
    }
    case 'object':
      return objectType(schema, indent)
  }
}

function objectType(schema: JsonObject, indent: string): string {
  const { properties, required, additionalProperties } = schema
  const planned = isJsonObject(properties) ? Object.entries(properties) : []
  if (planned.length === 0)
    return additionalProperties === false ? 'Record<string, never>' : 'Record<string, unknown>'
  const keys: unknown[] = Array.isArray(required) ? required : []
  const inner = `${indent}  `
  const lines = planned.map(([key, child]) => {
    const node = isJsonObject(child) ? child : {}
    const description = typeof node['description'] === 'string' ? node['description'] : ''
    return `${comment(description, inner)}${inner}${JSON.stringify(key)}${keys.includes(key) ? '' : '?'}: ${typeOf(node, inner)}`
  })
  if (additionalProperties === true) lines.push(`${inner}[key: string]: unknown`)
  return `{\n${lines.join('\n')}\n${indent}}`
}

/** Nothing that a plan says can end the comment. */
function comment(text: string, indent: string): string {
  const line = text.replace(/\s+/g, ' ').replaceAll('*/', '*\\/').trim()
  return line === '' ? '' : `${indent}/** ${line} */\n`
}
