import type { CatalogDetail } from '../../../shared/contract/catalog.ts'

export interface PropertyShares {
  path: string
  /** Percent of the events of this name that have it. */
  presence: string
  isAlways: boolean
  types: { type: string; share: string | null; isStray: boolean }[]
  example: string | null
}

/** So rare a type is rather a mistake than a choice. */
const strayShare = 0.5

/** Each property with the share of events that have it, and of its types, the most frequent first. */
export function propertyShares({ events, properties }: CatalogDetail): PropertyShares[] {
  return properties.map(({ path, events: having, types, example }) => {
    const sorted = types.toSorted((a, b) => b.events - a.events)
    // One event can hold several types at a path inside a list, and counts once for each.
    const presence = Math.min(1, Math.max(...types.map((type) => type.events), having) / Math.max(1, events))
    return {
      path,
      presence: percent(presence),
      isAlways: presence === 1,
      types: sorted.map(({ type, events: ofType }, index) => ({
        type,
        share: types.length === 1 ? null : percent(ofType / having),
        // Nothing where there is mostly something is no other type.
        isStray: index > 0 && type !== 'null' && sorted[0]?.type !== 'null' && ofType / having < strayShare,
      })),
      example,
    }
  })
}

/** Whole percent; what is there at all is not 0 %, and what is missing anywhere is not 100 %. */
function percent(share: number): string {
  if (share > 0 && share < 0.01) return '< 1 %'
  if (share < 1 && share > 0.99) return '> 99 %'
  return `${Math.round(share * 100)} %`
}
