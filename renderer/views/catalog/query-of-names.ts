import { withName } from '../../lib/name-text.ts'

/** The query for the events of any of these names. */
export function queryOfNames(names: readonly string[]): string {
  return names.map((name) => withName('', name)).join(' OR ')
}
