import type { EventPast, JsonType, PropertyPast } from '../../../shared/lint/rule.ts'
import type { PropertyTree } from './catalog/property-tree.ts'

/** What the catalog knows of a name's properties, as the rules ask for it. */
export function eventPast(properties: PropertyTree): EventPast {
  return {
    property(path): PropertyPast | null {
      const rows = properties.typesOf(path)
      if (rows.length === 0) return null
      const types: Record<JsonType, number> = {
        string: 0,
        number: 0,
        boolean: 0,
        object: 0,
        array: 0,
        null: 0,
      }
      let emptyTexts = 0
      for (const row of rows) {
        types[row.type] = row.events
        emptyTexts += row.emptyTexts
      }
      return { types, emptyTexts }
    },
  }
}
