import { printPath } from '../../../shared/query/index.ts'
import type { ValueRow } from './rows.ts'

/** A value to ask the list for, or to leave out of it. */
export interface ValueFilter {
  /** As the query language writes it: `properties.products.sku`. */
  key: string
  value: string | number | boolean | null
  exclude: boolean
}

const longestValue = 500

/** What a row can be filtered by; null where the query language has no word for it. */
export function filterOf(root: string, { steps, value }: ValueRow): Omit<ValueFilter, 'exclude'> | null {
  if (root !== 'properties' && root !== 'traits' && root !== 'context') return null
  if (typeof value === 'object' ? value !== null : !['string', 'number', 'boolean'].includes(typeof value))
    return null
  if (typeof value === 'string' && value.length > longestValue) return null
  // A path goes through lists by itself.
  const path = steps.filter((step) => typeof step === 'string')
  return path.length === 0 ? null : { key: printPath({ root, path }), value: value as ValueFilter['value'] }
}
