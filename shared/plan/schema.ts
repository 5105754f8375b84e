import type { JsonObject } from '../event.ts'
import { isJsonObject } from '../normalise.ts'
import { joined, pathOf, pathOfKey, placed, placedLike } from './origin.ts'
import { jsonTypes, dialectUrls } from './plan.ts'
import { PlanFault, found } from './plan-fault.ts'
import type { DocumentPath } from './plan-fault.ts'
import { expectations, isNaming, keywordKinds } from './schema-keywords.ts'
import type { KeywordKind } from './schema-keywords.ts'

/** Schemas within schemas and values of enums, in one event: each of them costs the judge time at each call. */
const nodeLimit = 10_000
const depthLimit = 30
/** Characters of a regular expression: a longer one takes too much memory to be matched in bounded time. */
export const patternLength = 1_000

/**
 * Reads the JSON Schema of an event's properties, and gives it in the one form that is kept: references are resolved,
 * names and anchors gone, what is required stands among the properties. What it gives back is finite and bounded, and
 * refers to nothing outside. Raises PlanFault with the place of what is wrong; `path` is that of the value, where it has
 * none of its own.
 */
export function readSchema(value: unknown, path: DocumentPath): JsonObject {
  if (!isJsonObject(value))
    throw new PlanFault(path, `expected a JSON Schema: an object; found ${found(value)}`)
  const reader = new SchemaReader(value, path)
  const read = reader.read()
  const { type: _object, ...schema } = read
  const url = String(value['$schema'] ?? '').replace(/#$/, '')
  const isNew = url === dialectUrls['2020-12'].replace(/#$/, '')
  return placedLike(
    { ...(isNew ? { $schema: dialectUrls['2020-12'] } : {}), type: 'object', ...schema },
    read,
  )
}

class SchemaReader {
  readonly #root: JsonObject
  readonly #rootPath: DocumentPath
  /** References that are being resolved: one that comes up again within itself has no end. */
  readonly #open = new Set<string>()
  #nodes = 0

  constructor(root: JsonObject, path: DocumentPath) {
    this.#root = root
    this.#rootPath = path
  }

  read(): JsonObject {
    const type: unknown = this.#root['type']
    if (type !== undefined && type !== 'object' && !(Array.isArray(type) && type.includes('object')))
      throw new PlanFault(
        pathOfKey(this.#root, 'type', this.#rootPath),
        `the properties of an event are an object, not ${found(type)}`,
      )
    return this.#schema(this.#root, this.#rootPath, 0)
  }

  #schema(value: unknown, otherwise: DocumentPath, depth: number): JsonObject {
    const path = pathOf(value, otherwise)
    this.#count(path)
    if (depth > depthLimit) throw new PlanFault(path, `it is nested more than ${depthLimit} levels deep`)
    if (value === true) return {}
    if (value === false) return { not: {} }
    if (!isJsonObject(value))
      throw new PlanFault(path, `expected ${expectations.schema}; found ${found(value)}`)
    const read = Object.fromEntries(
      Object.entries(value).flatMap(([keyword, content]): [string, unknown][] => {
        if (isNaming(keyword)) return []
        const kind = keywordKinds.get(keyword)
        const at = pathOfKey(value, keyword, path)
        return [[keyword, kind === undefined ? content : this.#content(kind, content, at, depth)]]
      }),
    )
    const own = placedLike(placed(read, path), value)
    const reference = value['$ref'] ?? value['$dynamicRef'] ?? value['$recursiveRef']
    const whole =
      reference === undefined
        ? own
        : joined(path, this.#resolved(reference, pathOfKey(value, '$ref', path), depth), own)
    return placedLike(normalised(whole), whole)
  }

  #content(kind: KeywordKind, content: unknown, path: DocumentPath, depth: number): unknown {
    const unexpected = (): PlanFault =>
      new PlanFault(path, `expected ${expectations[kind]}; found ${found(content)}`)
    const schemaAt = (step: string | number, schema: unknown): JsonObject =>
      this.#schema(schema, [...path, step], depth + 1)
    switch (kind) {
      case 'schema':
        return this.#schema(content, path, depth + 1)
      case 'schema or boolean':
        return typeof content === 'boolean' ? content : this.#schema(content, path, depth + 1)
      case 'schema or schemas':
        return Array.isArray(content)
          ? content.map((schema, index) => schemaAt(index, schema))
          : this.#schema(content, path, depth + 1)
      case 'schemas':
        if (!Array.isArray(content) || content.length === 0) throw unexpected()
        return content.map((schema, index) => schemaAt(index, schema))
      case 'named schemas':
        if (!isJsonObject(content)) throw unexpected()
        return Object.fromEntries(
          Object.entries(content).map(([key, schema]) => [key, schemaAt(key, schema)]),
        )
      case 'dependencies':
        if (!isJsonObject(content)) throw unexpected()
        return Object.fromEntries(
          Object.entries(content).map(([key, one]) => [
            key,
            Array.isArray(one) ? this.#content('texts', one, [...path, key], depth) : schemaAt(key, one),
          ]),
        )
      case 'named texts':
        if (!isJsonObject(content)) throw unexpected()
        for (const [key, texts] of Object.entries(content))
          this.#content('texts', texts, [...path, key], depth)
        return content
      case 'types': {
        const types: unknown[] = [content].flat()
        if (types.length === 0 || !types.every((type) => jsonTypes.some((known) => known === type)))
          throw unexpected()
        return types.length === 1 ? types[0] : types
      }
      case 'texts':
        if (!Array.isArray(content) || !content.every((text) => typeof text === 'string')) throw unexpected()
        return content
      case 'values':
        if (!Array.isArray(content) || content.length === 0) throw unexpected()
        for (const _value of content) this.#count(path)
        return content
      case 'text':
        if (typeof content !== 'string') throw unexpected()
        if (path.at(-1) === 'pattern' && content.length > patternLength)
          throw new PlanFault(path, `a pattern has ${patternLength} characters at most`)
        return content
      case 'number':
        if (typeof content !== 'number') throw unexpected()
        return content
      case 'count':
        if (typeof content !== 'number' || !Number.isInteger(content) || content < 0) throw unexpected()
        return content
      case 'boolean':
        if (typeof content !== 'boolean') throw unexpected()
        return content
      case 'any':
        return content
    }
  }

  /** What a reference within this document leads to. Nothing is ever fetched. */
  #resolved(reference: unknown, path: DocumentPath, depth: number): JsonObject {
    if (typeof reference !== 'string' || !/^#(?:\/|$)/.test(reference))
      throw new PlanFault(
        path,
        `expected a reference within this schema, like "#/$defs/money"; found ${found(reference)}`,
      )
    if (this.#open.has(reference))
      throw new PlanFault(path, `${found(reference)} refers to itself, so it has no end`)
    let target: unknown = this.#root
    let at = this.#rootPath
    for (const step of reference.split('/').slice(1)) {
      const key = decoded(step).replaceAll('~1', '/').replaceAll('~0', '~')
      at = pathOfKey(target, key, at)
      target =
        typeof target === 'object' && target !== null && Object.hasOwn(target, key)
          ? Reflect.get(target, key)
          : undefined
    }
    if (target === undefined) throw new PlanFault(path, `there is nothing at ${found(reference)}`)
    this.#open.add(reference)
    const schema = this.#schema(target, at, depth + 1)
    this.#open.delete(reference)
    return schema
  }

  #count(path: DocumentPath): void {
    this.#nodes += 1
    if (this.#nodes > nodeLimit)
      throw new PlanFault(path, `an event has ${nodeLimit} schemas and permitted values at most`)
  }
}

function decoded(step: string): string {
  try {
    return decodeURIComponent(step)
  } catch {
    return step
  }
}

/** What is required stands among the properties, and in their order; nothing empty is kept. */
function normalised(schema: JsonObject): JsonObject {
  const { properties: planned, required: keys, ...rest } = schema
  const required = new Set<unknown>(Array.isArray(keys) ? keys : [])
  const properties = {
    ...(isJsonObject(planned) ? planned : {}),
    ...Object.fromEntries(
      [...required].flatMap((key) =>
        typeof key === 'string' && !(isJsonObject(planned) && Object.hasOwn(planned, key)) ? [[key, {}]] : [],
      ),
    ),
  }
  const names = Object.keys(properties)
  return {
    ...rest,
    ...(names.length === 0 ? {} : { properties }),
    ...(required.size === 0 ? {} : { required: names.filter((name) => required.has(name)) }),
  }
}
