import type { JsonObject } from '../../event.ts'
import type { JsonType } from '../rule.ts'
import { childPath, isJsonObject } from './value.ts'

/** As much of an event as the catalog counts, whose paths these are. */
const depthLimit = 4
const placeLimit = 200
const pathLength = 200
const elementLimit = 20
/** Lists in lists in lists would otherwise be walked for long, with nothing new found. */
const visitLimit = 5_000

/** A property and a type that it has in this event. */
export interface Place {
  /** As in the catalog: `products[].price` for all elements of the list. */
  path: string
  type: JsonType
  /** The first value of this type at this path. */
  value: unknown
  parent: Place | null
  /** Its key in an object, its index in a list. */
  key: string | number
}

let latest: { properties: JsonObject; places: readonly Place[] } | null = null
let latestByPath: { places: readonly Place[]; byPath: ReadonlyMap<string, Place> } | null = null

/** Each property with each of its types once, however many elements of a list have it. */
export function placesOf(properties: JsonObject): readonly Place[] {
  // Several rules ask about the same event, one after the other.
  if (latest?.properties === properties) return latest.places
  const places = foundIn(properties)
  latest = { properties, places }
  return places
}

/** What stands at a path in the call, where it is the first of its type; null for anything else. */
export function placeAt(properties: JsonObject, path: string): Place | null {
  const places = placesOf(properties)
  if (latestByPath?.places !== places)
    latestByPath = { places, byPath: new Map(places.map((place) => [pathInCall(place), place])) }
  return latestByPath.byPath.get(path) ?? null
}

/** Where in the call: `properties.products[2].price`. */
export function pathInCall({ parent, key }: Place): string {
  const above = parent === null ? 'properties' : pathInCall(parent)
  return typeof key === 'number' ? `${above}[${key}]` : childPath(above, key)
}

export function jsonType(value: unknown): JsonType {
  if (value === null || value === undefined) return 'null'
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'string') return 'string'
  if (typeof value === 'number') return 'number'
  return typeof value === 'boolean' ? 'boolean' : 'object'
}

function foundIn(properties: JsonObject): Place[] {
  const places: Place[] = []
  const seen = new Map<string, Set<JsonType>>()
  let visits = 0
  const visit = (value: unknown, path: string, parent: Place | null, key: string | number, depth: number) => {
    visits += 1
    if (visits > visitLimit || places.length >= placeLimit || path.length > pathLength) return
    const place: Place = { path, type: jsonType(value), value, parent, key }
    const types = seen.get(path)
    if (types === undefined) seen.set(path, new Set([place.type]))
    if (types?.has(place.type) !== true) {
      types?.add(place.type)
      places.push(place)
    }
    if (depth < depthLimit) visitChildren(value, path, place, depth)
  }
  const visitChildren = (value: unknown, path: string, place: Place | null, depth: number): void => {
    if (Array.isArray(value)) {
      const length = Math.min(value.length, elementLimit)
      for (let index = 0; index < length; index += 1)
        visit(value[index], `${path}[]`, place, index, depth + 1)
    } else if (isJsonObject(value)) {
      for (const child in value) {
        if (!Object.hasOwn(value, child)) continue
        if (places.length >= placeLimit) break
        visit(value[child], path === '' ? child : `${path}.${child}`, place, child, depth + 1)
      }
    }
  }
  visitChildren(properties, '', null, 0)
  return places
}
