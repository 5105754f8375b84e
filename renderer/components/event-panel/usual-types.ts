import type { CatalogDetail } from '../../../shared/contract/catalog.ts'
import type { TracksideEvent } from '../../../shared/event.ts'
import { typeOf } from '../json-tree/rows.ts'

/** Fewer events are no habit. */
const fewestEvents = 3

/** The name under which the catalog knows what is usual: the one it should have had, if it has one. */
export function usualName({ event, problems }: TracksideEvent): string | null {
  const better = problems.find(({ path, suggestion }) => path === 'event' && suggestion !== null)
  return better?.suggestion ?? event
}

/** By path, the type that most events of the name have there, where this event has another one. */
export function usualTypes(event: TracksideEvent, { properties }: CatalogDetail): Map<string, string> {
  const found = new Map<string, string>()
  for (const { path, events, types } of properties) {
    const value = event.properties?.[path]
    const usual = types.toSorted((a, b) => b.events - a.events)[0]
    if (value === undefined || value === null || usual === undefined) continue
    const isUsual = usual.events >= fewestEvents && usual.events * 2 > events
    if (isUsual && usual.type !== 'null' && usual.type !== typeOf(value))
      found.set(`properties.${path}`, usual.type)
  }
  return found
}
