import type { EventPast, JsonType, PropertyPast } from '../rule.ts'

/** Fewer events are no habit yet. */
const enoughEvents = 10
const habit = 0.95

/** The type that a property has had in nearly all events of a name. */
export interface UsualType {
  type: JsonType
  share: number
  /** All those in which it had any. */
  events: number
}

/** Null where there is none, or nothing but `null` has come. */
export function usualType(past: EventPast, path: string): UsualType | null {
  const property = past.property(path)
  return property === null ? null : mostly(property)
}

function mostly({ types }: PropertyPast): UsualType | null {
  const events = types.string + types.number + types.boolean + types.object + types.array
  if (events < enoughEvents) return null
  for (const type of ['string', 'number', 'boolean', 'object', 'array'] as const) {
    if (types[type] >= events * habit) return { type, share: types[type] / events, events }
  }
  return null
}
