import type { TracksideEvent } from '../../../shared/event.ts'

export interface TraitChange {
  eventId: number
  at: string
  /** What it was before; meaningless for the first value that is known. */
  from: unknown
  to: unknown
  isFirst: boolean
}

/**
 * When each trait changed, the latest change first, from identify calls in any order. A call that repeats a value
 * changes nothing; one that leaves a trait out leaves it as it was.
 */
export function traitHistory(identifies: readonly TracksideEvent[]): Map<string, TraitChange[]> {
  const history = new Map<string, TraitChange[]>()
  for (const { id, receivedAt, traits } of identifies.toSorted((one, other) => one.id - other.id)) {
    for (const [key, to] of Object.entries(traits ?? {})) {
      const changes = history.get(key) ?? []
      const [latest] = changes
      if (latest !== undefined && isSame(latest.to, to)) continue
      changes.unshift({ eventId: id, at: receivedAt, from: latest?.to, to, isFirst: latest === undefined })
      history.set(key, changes)
    }
  }
  return history
}

/** Whether two JSON values are the same; the order of keys says nothing. */
function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  if (Array.isArray(one) !== Array.isArray(other)) return false
  const [values, others] = [new Map(Object.entries(one)), new Map(Object.entries(other))]
  return (
    values.size === others.size &&
    [...values].every(([key, value]) => others.has(key) && isSame(value, others.get(key)))
  )
}
