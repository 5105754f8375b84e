import { z } from 'zod'
import type { JsonObject } from '../../event.ts'
import { isJsonObject } from '../../normalise.ts'
import { joined, pathOfKey, placed, placedLike } from '../origin.ts'
import type { PlannedEvent } from '../plan.ts'
import { PlanFault, found } from '../plan-fault.ts'
import type { DocumentPath } from '../plan-fault.ts'
import { readSchema } from '../schema.ts'
import type { ReadPlan } from './read-plan.ts'
import { shaped } from './shape.ts'

// The project files of RudderStack's command: a plan refers to events, properties and custom types by id. They stand
// in documents of their own, which may be one file with `---` between them. Both versions of the format are read:
// `$ref: "#/properties/group/id"` with `propConfig`, and `property: "#property:id"` with `config`.

const document = z.looseObject({ version: z.string(), kind: z.string(), spec: z.looseObject({}) })
const plannedRule = z.looseObject({
  event: z.union([z.string(), z.looseObject({ $ref: z.string(), allow_unplanned: z.boolean().optional() })]),
  additional_properties: z.boolean().optional(),
  allow_unplanned: z.boolean().optional(),
  properties: z.array(z.unknown()).default([]),
})
const plan = z.looseObject({
  display_name: z.string().optional(),
  allow_unplanned: z.boolean().optional(),
  rules: z.array(z.unknown()).default([]),
})
const listedEvent = z.looseObject({
  id: z.string(),
  name: z.string().nullish(),
  event_type: z.string().default('track'),
  description: z.string().nullish(),
})
const type = z.looseObject({
  id: z.string(),
  name: z.string().nullish(),
  type: z.string().nullish(),
  types: z.array(z.string()).nullish(),
  item_type: z.string().nullish(),
  item_types: z.array(z.string()).nullish(),
  description: z.string().nullish(),
  propConfig: z.looseObject({}).nullish(),
  config: z.looseObject({}).nullish(),
  properties: z.array(z.unknown()).nullish(),
})
type TypeSpec = z.infer<typeof type>
const usedProperty = z.looseObject({
  $ref: z.string().optional(),
  property: z.string().optional(),
  required: z.boolean().default(false),
  additional_properties: z.boolean().optional(),
  properties: z.array(z.unknown()).optional(),
})

interface Placed<T> {
  spec: T
  path: DocumentPath
}

const nestingLimit = 10

/** Whether these documents are a RudderStack project. */
export function isRudderStackProject(documents: readonly unknown[]): boolean {
  return documents.some(
    (one) =>
      isJsonObject(one) && typeof one['kind'] === 'string' && String(one['version']).startsWith('rudder/'),
  )
}

export function readRudderStackProject(documents: readonly unknown[]): ReadPlan {
  return new Project(documents).plan()
}

class Project {
  readonly #events = new Map<string, Placed<z.infer<typeof listedEvent>>>()
  readonly #properties = new Map<string, Placed<TypeSpec>>()
  readonly #types = new Map<string, Placed<TypeSpec>>()
  readonly #plans: Placed<z.infer<typeof plan>>[] = []
  readonly #notes = new Set<string>()

  constructor(documents: readonly unknown[]) {
    documents.forEach((value, index) => {
      // An empty document: a file that begins or ends with `---`.
      if (value === null || value === undefined) return
      const { kind, spec } = shaped(document, value, [index])
      if (kind === 'tp' || kind === 'tracking-plan') {
        const path = [index, 'spec']
        this.#plans.push({ spec: shaped(plan, spec, path), path })
      } else if (kind === 'events') this.#list(this.#events, listedEvent, spec, [index, 'spec', 'events'])
      else if (kind === 'properties') this.#list(this.#properties, type, spec, [index, 'spec', 'properties'])
      else if (kind === 'custom-types') this.#list(this.#types, type, spec, [index, 'spec', 'types'])
    })
  }

  plan(): ReadPlan {
    const [first, ...others] = this.#plans
    if (first === undefined)
      throw new PlanFault([0, 'kind'], 'expected a document of kind "tp" or "tracking-plan" among these')
    if (others.length > 0) this.#notes.add('Of several plans the first is taken.')
    const { spec, path } = first
    const events = spec.rules.flatMap((rule, index) =>
      this.#event(rule, [...path, 'rules', index], spec.allow_unplanned),
    )
    return {
      plan: { name: spec.display_name ?? 'RudderStack tracking plan', events },
      notes: [...this.#notes],
    }
  }

  #list<T extends { id: string }>(
    into: Map<string, Placed<T>>,
    schema: z.ZodType<T>,
    spec: JsonObject,
    path: DocumentPath,
  ): void {
    const list = shaped(z.array(z.unknown()), spec[String(path.at(-1))], path)
    list.forEach((value, index) => {
      const at = [...path, index]
      const one = shaped(schema, value, at)
      into.set(one.id, { spec: one, path: at })
    })
  }

  #event(value: unknown, path: DocumentPath, allowed: boolean | undefined): PlannedEvent[] {
    const rule = shaped(plannedRule, value, path)
    const reference = typeof rule.event === 'string' ? rule.event : rule.event.$ref
    const { spec } = this.#referred(this.#events, reference, 'events', [...path, 'event'])
    if (spec.event_type !== 'track' || spec.name == null) {
      this.#notes.add(
        `The rules for ${spec.event_type} calls are left out: a plan here is about track calls.`,
      )
      return []
    }
    if (rule['variants'] !== undefined)
      this.#notes.add('Variants are left out: what they add counts as unplanned.')
    const isOpen =
      rule.additional_properties ??
      rule.allow_unplanned ??
      (typeof rule.event === 'string' ? undefined : rule.event.allow_unplanned) ??
      allowed ??
      false
    const metadata = this.#object(rule.properties, [...path, 'properties'], 0)
    const schema = { type: 'object', ...metadata, ...(isOpen ? { additionalProperties: true } : {}) }
    const event = {
      name: spec.name,
      description: spec.description ?? '',
      schema: readSchema(placed(schema, path), path),
    }
    return [placed(event, path, [['schema', path]])]
  }

  /** The properties that a rule, or an object in it, uses. */
  #object(used: readonly unknown[], path: DocumentPath, depth: number): JsonObject {
    if (depth > nestingLimit) throw new PlanFault(path, `it is nested more than ${nestingLimit} levels deep`)
    const properties: [string, JsonObject][] = []
    const required: string[] = []
    used.forEach((value, index) => {
      const at = [...path, index]
      const use = shaped(usedProperty, value, at)
      const reference = use.property ?? use.$ref
      if (reference === undefined) throw new PlanFault(at, 'expected a reference to a property; found none')
      const { spec, path: place } = this.#referred(this.#properties, reference, 'properties', at)
      const name = spec.name ?? spec.id
      const nested =
        use.properties === undefined ? {} : this.#object(use.properties, [...at, 'properties'], depth + 1)
      const isList = spec.type === 'array'
      const isOpen = use.additional_properties === true ? { additionalProperties: true } : {}
      const inside =
        use.properties === undefined ? {} : isList ? { items: { type: 'object', ...nested } } : nested
      properties.push([name, joined(at, this.#type(spec, place, depth), inside, isOpen)])
      if (use.required) required.push(name)
    })
    return { properties: Object.fromEntries(properties), required }
  }

  #type(spec: TypeSpec, path: DocumentPath, depth: number): JsonObject {
    if (depth > nestingLimit) throw new PlanFault(path, `it is nested more than ${nestingLimit} levels deep`)
    const types =
      spec.types ?? (spec.type ?? '').split(',').flatMap((one) => (one.trim() === '' ? [] : [one.trim()]))
    const typesPath = [...path, spec.types == null ? 'type' : 'types']
    const config = camelCased(spec.config ?? spec.propConfig ?? {}, [
      ...path,
      spec.config == null ? 'propConfig' : 'config',
    ])
    const { itemTypes, ...keywords } = config
    const items = [spec.item_types ?? spec.item_type ?? itemTypes ?? []].flat()
    const itemsPath =
      itemTypes === undefined
        ? [...path, spec.item_types == null ? 'item_type' : 'item_types']
        : pathOfKey(config, 'itemTypes', path)
    return joined(
      path,
      this.#oneOf(types, typesPath, depth),
      placedLike(keywords, config),
      items.length === 0 ? {} : { items: this.#oneOf(items, itemsPath, depth) },
      spec.properties == null ? {} : this.#object(spec.properties, [...path, 'properties'], depth + 1),
      spec.description == null ? {} : { description: spec.description },
    )
  }

  /** Types by name, or one custom type by reference. */
  #oneOf(named: readonly unknown[], path: DocumentPath, depth: number): JsonObject {
    const [first] = named
    if (first === undefined) return {}
    if (typeof first === 'string' && first.startsWith('#')) {
      const { spec, path: place } = this.#referred(this.#types, first, 'custom-types', path)
      return this.#type(spec, place, depth + 1)
    }
    return placed({ type: named.length === 1 ? first : [...named] }, path, [['type', path]])
  }

  #referred<T>(
    among: Map<string, Placed<T>>,
    reference: string,
    kind: string,
    path: DocumentPath,
  ): Placed<T> {
    const id = /^#(?:\/[\w-]+\/(?:[^/]+\/)?([^/]+)|[\w-]+:(.+))$/.exec(reference)
    const known = among.get(id?.[1] ?? id?.[2] ?? '')
    if (known !== undefined) return known
    throw new PlanFault(
      path,
      `${found(reference)} is not here: import the file of kind "${kind}" together with this one, or paste it below a line of ---`,
    )
  }
}

/** `min_length` is `minLength` in JSON Schema. */
function camelCased(config: JsonObject, path: DocumentPath): JsonObject {
  const keyword = (key: string): string =>
    key.replace(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase())
  const keys = Object.keys(config)
  return placed(
    Object.fromEntries(keys.map((key) => [keyword(key), config[key]])),
    path,
    keys.map((key) => [keyword(key), [...path, key]]),
  )
}
