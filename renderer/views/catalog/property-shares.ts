import type { CatalogDetail, CatalogProperty, PropertyType } from '../../../shared/contract/catalog.ts'

export interface PropertyShares {
  path: string
  /** Percent of the events of this name that have it, and that have not. */
  presence: string
  absence: string
  isAlways: boolean
  types: TypeShare[]
  /** What stands in the table: its values where they are few, else one of them. */
  sample: string | null
  values: { text: string; events: number; share: string; percent: number }[] | null
  isPersonal: boolean
}

export interface TypeShare extends PropertyType {
  /** null where there is only one type. */
  share: string | null
  isStray: boolean
}

/** So rare a type is rather a mistake than a choice. */
const strayShare = 0.5
/** Values that stand in the table, at most. */
const sampledValues = 5

/** Each property with the share of events that have it, and of its types, the most frequent first. */
export function propertyShares({ events, properties }: CatalogDetail): PropertyShares[] {
  return properties.map((property) => {
    const presence = Math.min(1, property.events / Math.max(1, events))
    return {
      path: property.path,
      presence: percent(presence),
      absence: percent(1 - presence),
      isAlways: presence === 1,
      types: typeShares(property),
      sample: sampleOf(property),
      values: valueShares(property),
      isPersonal: property.isPersonal,
    }
  })
}

function typeShares({ types, events: having }: CatalogProperty): TypeShare[] {
  const sorted = types.toSorted((a, b) => b.events - a.events)
  return sorted.map((type, index) => ({
    ...type,
    share: types.length === 1 ? null : percent(type.events / Math.max(1, having)),
    // Nothing where there is mostly something is no other type.
    isStray:
      index > 0 && type.type !== 'null' && sorted[0]?.type !== 'null' && type.events / having < strayShare,
  }))
}

function sampleOf({ values, example, isPersonal }: CatalogProperty): string | null {
  if (isPersonal) return 'personal'
  if (values === null || values.length === 0) return example
  const shown = values.slice(0, sampledValues).map(({ value }) => JSON.stringify(value))
  return [...shown, ...(values.length > sampledValues ? [`${values.length - sampledValues} more`] : [])].join(
    ' · ',
  )
}

function valueShares({ values }: CatalogProperty): PropertyShares['values'] {
  if (values === null) return null
  const all = Math.max(
    1,
    values.reduce((sum, { events }) => sum + events, 0),
  )
  return values.map(({ value, events }) => ({
    text: JSON.stringify(value),
    events,
    share: percent(events / all),
    percent: (events / all) * 100,
  }))
}

/** Whole percent; what is there at all is not 0 %, and what is missing anywhere is not 100 %. */
export function percent(share: number): string {
  if (share > 0 && share < 0.01) return '< 1 %'
  if (share < 1 && share > 0.99) return '> 99 %'
  return `${Math.round(share * 100)} %`
}
