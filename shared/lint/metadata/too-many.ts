import type { JsonObject } from '../../event.ts'
import type { Rule } from '../rule.ts'
import { isJsonObject } from './value.ts'

const keyLimit = 100
/** From here on an event is refused by some tools, and costs all of them. */
const severeLimit = 10_000
const depthLimit = 12
const elementLimit = 20
/** No more than this is looked at: enough to know that it is too much. */
const nodeLimit = 2 * severeLimit

export const tooMany: Rule = {
  id: 'metadata/too-many',
  severity: 'warning',
  title: 'Event has very many properties',
  documentation:
    'Each key becomes a property in the tools behind and a column in a warehouse, and most of them allow some hundreds in all. More than a hundred in one event mostly means that a whole object was passed on instead of what the event is about; more than ten thousand is an error. All elements of a list count as one.',
  good: {
    type: 'track',
    event: 'Report Exported',
    userId: 'abc123',
    properties: { format: 'csv', rows: 120 },
  },
  bad: {
    type: 'track',
    event: 'Report Exported',
    userId: 'abc123',
    properties: Object.fromEntries(
      Array.from({ length: keyLimit + 1 }, (_, index) => [`cell_${index}`, index]),
    ),
  },
  source: 'experience',
  check(event) {
    if (event.properties === null) return []
    const keys = new KeyCount().of(event.properties, 0)
    if (keys <= keyLimit) return []
    const isSevere = keys > severeLimit
    return [
      {
        path: 'properties',
        message: `This event has ${isSevere ? `more than ${severeLimit.toLocaleString('en')}` : keys.toLocaleString('en')} properties`,
        reason: 'Each becomes a column or a property elsewhere, where their number is limited.',
        suggestion: null,
        ...(isSevere ? { severity: 'error' } : {}),
      },
    ]
  },
}

/** Keys in an object and below it; of a list, those of its element that has most. */
class KeyCount {
  #nodes = 0

  of(value: JsonObject, depth: number): number {
    let keys = 0
    for (const key in value) {
      if (!Object.hasOwn(value, key)) continue
      keys += 1 + this.#below(value[key], depth + 1)
      if (this.#isOver()) break
    }
    return keys
  }

  #below(value: unknown, depth: number): number {
    this.#nodes += 1
    if (typeof value !== 'object' || value === null || depth > depthLimit || this.#isOver()) return 0
    if (isJsonObject(value)) return this.of(value, depth)
    if (!Array.isArray(value)) return 0
    let most = 0
    const length = Math.min(value.length, elementLimit)
    for (let index = 0; index < length; index += 1)
      most = Math.max(most, this.#below(value[index], depth + 1))
    return most
  }

  #isOver(): boolean {
    return this.#nodes > nodeLimit
  }
}
