import type { JsonObject } from '../../../../shared/event.ts'
import { isJsonObject } from '../../../../shared/normalise.ts'
import { isPersonalKey, isPersonalText } from './personal.ts'
import { ValueCounts } from './value-counts.ts'

export type ValueType = 'string' | 'number' | 'boolean' | 'null' | 'object' | 'array'

/** Where in the log something was seen. */
export interface Sighting {
  eventId: number
  /** Epoch milliseconds. */
  receivedAt: number
}

/** One type that stands at one path of a name's metadata: a row of the catalog. */
export interface PropertyType {
  path: string
  type: ValueType
  /** Events that have it, once each, however many elements of a list do. */
  events: number
  /** Of them, those that have another type there as well. */
  shared: number
  /** Of them, those where it is an empty text. */
  emptyTexts: number
  first: Sighting
  last: Sighting
  /** A value as JSON text, in short. */
  example: string
  values: ValueCounts
}

/** A place in the metadata. Looked up by its key in the object around it, so that no path is put together again. */
interface Place {
  path: string
  types: PropertyType[]
  children: Map<string, Place> | null
  elements: Place | null
}

/** How deep and how many: keys made of ids would otherwise fill the catalog with rows that say nothing. */
const depthLimit = 4
const countedPerEvent = 200
const elementsPerList = 20
const pathLength = 200
const exampleLength = 200
/** In place of an example that is personal. */
const withheld = '"•••"'

/** Which properties the events of one name have, and of which types. */
export class PropertyTree {
  readonly #root: Place = placeAt('')
  readonly #types = new Map<string, PropertyType[]>()
  readonly #rowLimit: number
  readonly #changed = new Set<PropertyType>()
  readonly #added = new Set<PropertyType>()
  #rows = 0
  #left = 0

  /** `known` are the rows of the events before; further paths and types than `rowLimit` are not counted. */
  constructor(known: Iterable<PropertyType>, rowLimit: number) {
    for (const row of known) {
      this.#typesAt(row.path).push(row)
      this.#rows += 1
    }
    this.#rowLimit = rowLimit
  }

  /** How many rows there are: what it takes of the memory. */
  get rows(): number {
    return this.#rows
  }

  /** The types that a path has had. */
  typesOf(path: string): readonly PropertyType[] {
    return this.#types.get(path) ?? []
  }

  count(properties: JsonObject, sighting: Sighting): void {
    this.#left = countedPerEvent
    this.#visitObject(properties, this.#root, 0, sighting)
  }

  /** What has changed since this was last asked: rows that are new, and rows that were counted on. */
  takeChanges(): { added: PropertyType[]; changed: PropertyType[] } {
    const changes = { added: [...this.#added], changed: [...this.#changed] }
    this.#added.clear()
    this.#changed.clear()
    return changes
  }

  #visitObject(object: JsonObject, place: Place, depth: number, sighting: Sighting): void {
    // Object.keys: what a hostile payload calls its keys is none of the object's own business.
    for (const key of Object.keys(object)) {
      if (this.#left <= 0) return
      place.children ??= new Map()
      let child = place.children.get(key)
      if (child === undefined) {
        const path = place.path === '' ? key : `${place.path}.${key}`
        if (!this.#hasRoomFor(path)) continue
        child = this.#place(path)
        place.children.set(key, child)
      }
      this.#visit(object[key], child, depth + 1, sighting)
    }
  }

  #visit(value: unknown, place: Place, depth: number, sighting: Sighting): void {
    if (this.#left <= 0) return
    const type = typeOf(value)
    this.#countAt(place, type, value, sighting)
    if (depth === depthLimit) return
    if (Array.isArray(value)) {
      if (value.length === 0) return
      if (place.elements === null) {
        const path = `${place.path}[]`
        if (!this.#hasRoomFor(path)) return
        place.elements = this.#place(path)
      }
      const end = Math.min(value.length, elementsPerList)
      for (let index = 0; index < end; index += 1)
        this.#visit(value[index], place.elements, depth + 1, sighting)
    } else if (isJsonObject(value)) {
      this.#visitObject(value, place, depth, sighting)
    }
  }

  #countAt(place: Place, type: ValueType, value: unknown, sighting: Sighting): void {
    let row = place.types.find((known) => known.type === type)
    if (row === undefined) {
      if (place.path === '' || this.#rows >= this.#rowLimit) return
      row = rowOf(place.path, type, value, sighting)
      place.types.push(row)
      this.#rows += 1
      this.#added.add(row)
    } else if (row.last.eventId === sighting.eventId && row.events > 0) {
      return
    } else if (!this.#added.has(row)) {
      this.#changed.add(row)
    }
    row.events += 1
    row.last = sighting
    if (value === '') row.emptyTexts += 1
    if (place.types.some((other) => other !== row && other.last.eventId === sighting.eventId)) row.shared += 1
    this.#left -= 1
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      row.values.add(value)
  }

  #hasRoomFor(path: string): boolean {
    return path.length <= pathLength && (this.#rows < this.#rowLimit || this.#types.has(path))
  }

  /** `a.b` may be a key, or a key in an object: whatever stands at one path is counted together. */
  #place(path: string): Place {
    return { ...placeAt(path), types: this.#typesAt(path) }
  }

  #typesAt(path: string): PropertyType[] {
    let types = this.#types.get(path)
    if (types === undefined) {
      types = []
      this.#types.set(path, types)
    }
    return types
  }
}

function placeAt(path: string): Place {
  return { path, types: [], children: null, elements: null }
}

function rowOf(path: string, type: ValueType, value: unknown, sighting: Sighting): PropertyType {
  const isPlain = type === 'string' || type === 'number' || type === 'boolean'
  const isPersonal = isPlain && (isPersonalKey(path) || (typeof value === 'string' && isPersonalText(value)))
  return {
    path,
    type,
    events: 0,
    shared: 0,
    emptyTexts: 0,
    first: sighting,
    last: sighting,
    example: isPersonal ? withheld : exampleOf(value),
    values: new ValueCounts(isPlain && !isPersonal ? new Map() : null, isPersonal),
  }
}

function typeOf(value: unknown): ValueType {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
      return typeof value as 'string' | 'number' | 'boolean'
    default:
      return value === null ? 'null' : Array.isArray(value) ? 'array' : 'object'
  }
}

function exampleOf(value: unknown): string {
  if (isJsonObject(value)) return '{…}'
  if (Array.isArray(value)) return value.length === 1 ? '1 item' : `${value.length} items`
  const text =
    typeof value === 'string' ? JSON.stringify(value.slice(0, exampleLength)) : JSON.stringify(value)
  return text.slice(0, exampleLength + 2)
}
