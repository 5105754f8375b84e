import type { JsonObject } from '../event.ts'
import { isJsonObject } from '../normalise.ts'
import { jsonTypes } from './plan.ts'
import type { JsonType } from './plan.ts'
import type { PropertyPath } from './property-path.ts'

/** A property as a row of a table. The row of the empty path is the event itself. */
export interface PropertyRow {
  path: PropertyPath
  /** Empty where any will do. */
  types: JsonType[]
  isRequired: boolean
  /** The only values that it may have; null where there is no such list. */
  values: unknown[] | null
  format: string | null
  description: string
  /** What else its schema says. */
  more: JsonObject
}

/** A property of which nothing is said yet. */
export const emptyRow = (path: PropertyPath): PropertyRow => ({
  path,
  types: [],
  isRequired: false,
  values: null,
  format: null,
  description: '',
  more: {},
})

/** The schema as rows: the event itself first, each property before those inside it. */
export function rowsOf(schema: JsonObject): PropertyRow[] {
  const rows: PropertyRow[] = []
  const visit = (node: JsonObject, path: PropertyPath, isRequired: boolean): void => {
    rows.push(rowOf(node, path, isRequired))
    for (const [key, child] of childrenOf(node))
      visit(child, [...path, key], key !== null && requiredOf(node).has(key))
  }
  visit(schema, [], false)
  return rows
}

/** The schema that these rows describe. A row may come before that of the object or list that it stands in. */
export function schemaOf(rows: readonly PropertyRow[]): JsonObject {
  let schema: JsonObject = { type: 'object' }
  for (const row of rows) schema = withRow(schema, row)
  return schema
}

/** The schema with this property, in its place where it was known, else as the last of its object. */
export function withRow(schema: JsonObject, row: PropertyRow): JsonObject {
  return changed(schema, row.path, (node) => ({ ...structureOf(node), ...ownOf(row) }), row.isRequired)
}

/** The schema without the property and all that is inside it. */
export function withoutProperty(schema: JsonObject, path: PropertyPath): JsonObject {
  const [key, ...rest] = path
  if (key === undefined) return schema
  if (rest.length > 0) {
    const child = childOf(schema, key)
    return child === null ? schema : withChild(schema, key, withoutProperty(child, rest))
  }
  if (key === null) {
    const { items: _gone, ...others } = schema
    return others
  }
  const { properties: planned, required: keys, ...others } = schema
  const properties = Object.entries(isJsonObject(planned) ? planned : {}).filter(([name]) => name !== key)
  const required = [...requiredOf({ required: keys })].filter((name) => name !== key)
  return {
    ...others,
    ...(properties.length === 0 ? {} : { properties: Object.fromEntries(properties) }),
    ...(required.length === 0 ? {} : { required }),
  }
}

/** The schema with the property under another key of its object, in the same place. */
export function withRenamed(schema: JsonObject, path: PropertyPath, name: string): JsonObject {
  const [key, ...rest] = path
  if (key === undefined) return schema
  if (rest.length > 0) {
    const child = childOf(schema, key)
    return child === null ? schema : withChild(schema, key, withRenamed(child, rest, name))
  }
  if (key === null || key === name) return schema
  const renamed = (old: string): string => (old === key ? name : old)
  const { properties: planned } = schema
  const properties = Object.entries(isJsonObject(planned) ? planned : {})
    .filter(([old]) => old !== name)
    .map(([old, child]): [string, unknown] => [renamed(old), child])
  const required = [...requiredOf(schema)].filter((old) => old !== name).map(renamed)
  return {
    ...schema,
    properties: Object.fromEntries(properties),
    ...(required.length === 0 ? {} : { required }),
  }
}

export function typesOf(node: JsonObject): JsonType[] {
  return [node['type'] ?? []].flat().flatMap((type) => jsonTypes.filter((known) => known === type))
}

function rowOf(node: JsonObject, path: PropertyPath, isRequired: boolean): PropertyRow {
  const { type: _type, enum: values, format, description, ...others } = node
  const { properties: _properties, required: _required, ...more } = others
  if (isJsonObject(more['items'])) delete more['items']
  return {
    path,
    types: typesOf(node),
    isRequired,
    values: Array.isArray(values) ? values : null,
    format: typeof format === 'string' ? format : null,
    description: typeof description === 'string' ? description : '',
    more,
  }
}

/** Keywords that say what is inside, which other rows speak of. */
function structureOf(node: JsonObject): JsonObject {
  const { properties, required, items } = node
  return {
    ...(properties === undefined ? {} : { properties }),
    ...(required === undefined ? {} : { required }),
    ...(isJsonObject(items) ? { items } : {}),
  }
}

function ownOf({ types, values, format, description, more }: PropertyRow): JsonObject {
  const [type] = types
  return {
    ...(type === undefined ? {} : { type: types.length === 1 ? type : types }),
    ...(values === null ? {} : { enum: values }),
    ...(format === null ? {} : { format }),
    ...(description === '' ? {} : { description }),
    ...more,
  }
}

function changed(
  schema: JsonObject,
  path: PropertyPath,
  change: (node: JsonObject) => JsonObject,
  isRequired: boolean,
): JsonObject {
  const [key, ...rest] = path
  if (key === undefined) return change(schema)
  const child = changed(childOf(schema, key) ?? {}, rest, change, isRequired)
  const parent = withChild(schema, key, child)
  return rest.length > 0 || key === null ? parent : withRequired(parent, key, isRequired)
}

/** What holds a property is an object, and what holds elements a list, where nothing else was said. */
function withChild(node: JsonObject, key: string | null, child: JsonObject): JsonObject {
  if (key === null) return { type: 'array', ...node, items: child }
  const properties = isJsonObject(node['properties']) ? node['properties'] : {}
  return { type: 'object', ...node, properties: { ...properties, [key]: child } }
}

/** In the order of the properties, whatever the order of the changes. */
function withRequired(node: JsonObject, key: string, isRequired: boolean): JsonObject {
  const required = requiredOf(node)
  if (isRequired) required.add(key)
  else required.delete(key)
  const { required: _before, ...others } = node
  const properties = isJsonObject(node['properties']) ? Object.keys(node['properties']) : []
  const inOrder = properties.filter((name) => required.has(name))
  return inOrder.length === 0 ? others : { ...others, required: inOrder }
}

function requiredOf(node: JsonObject): Set<string> {
  const { required } = node
  return new Set(
    Array.isArray(required) ? required.filter((key): key is string => typeof key === 'string') : [],
  )
}

function childrenOf(node: JsonObject): [string | null, JsonObject][] {
  const { properties, items } = node
  const children: [string | null, unknown][] = isJsonObject(properties) ? Object.entries(properties) : []
  if (isJsonObject(items)) children.push([null, items])
  return children.flatMap(([key, child]): [string | null, JsonObject][] =>
    isJsonObject(child) ? [[key, child]] : [],
  )
}

function childOf(node: JsonObject, key: string | null): JsonObject | null {
  const { properties, items } = node
  if (key === null) return isJsonObject(items) ? items : null
  if (!isJsonObject(properties) || !Object.hasOwn(properties, key)) return null
  const child = properties[key]
  return isJsonObject(child) ? child : null
}
