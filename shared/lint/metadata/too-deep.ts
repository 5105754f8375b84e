import type { Rule } from '../rule.ts'
import { childPath, isJsonObject } from './value.ts'

/** Keys in keys in keys: what is below can be neither filtered nor grouped by in most tools. */
const levels = 5
const nodeLimit = 2_000
const elementLimit = 50

export const tooDeep: Rule = {
  id: 'metadata/too-deep',
  severity: 'info',
  title: 'Properties are nested deeply',
  documentation:
    'Most tools read one or two levels of properties, warehouses make a column of each path, and what lies deeper than five levels is cut off or kept as text that nobody can ask about. Send the few values that matter under names of their own.',
  good: {
    type: 'track',
    event: 'Report Exported',
    userId: 'abc123',
    properties: { filter: { date: { from: '2026-01-01' } } },
  },
  bad: {
    type: 'track',
    event: 'Report Exported',
    userId: 'abc123',
    properties: { a: { b: { c: { d: { e: { f: 1 } } } } } },
  },
  source: 'experience',
  check(event) {
    if (event.properties === null) return []
    const path = deepPath(event.properties)
    if (path === null) return []
    return [
      {
        path,
        message: `This property is nested more than ${levels} levels deep`,
        reason: 'Most tools cut off what lies so deep, or keep it as text that can’t be asked about.',
        suggestion: null,
      },
    ]
  },
}

interface Node {
  value: unknown
  path: string
  level: number
}

/** The first property below the last level. A list is no level of its own, unless it stands in a list. */
function deepPath(properties: Node['value']): string | null {
  const open: Node[] = [{ value: properties, path: 'properties', level: 0 }]
  for (let nodes = 0; nodes < nodeLimit; nodes += 1) {
    const node = open.pop()
    if (node === undefined) return null
    const { value, path, level } = node
    if (level > levels) return path
    if (Array.isArray(value)) {
      for (let index = Math.min(value.length, elementLimit) - 1; index >= 0; index -= 1) {
        const element: unknown = value[index]
        if (holdsOthers(element))
          open.push({
            value: element,
            path: `${path}[${index}]`,
            level: Array.isArray(element) ? level + 1 : level,
          })
      }
    } else if (isJsonObject(value)) {
      for (const key of Object.keys(value).slice(0, nodeLimit).reverse()) {
        const child = value[key]
        if (holdsOthers(child) || level === levels)
          open.push({ value: child, path: childPath(path, key), level: level + 1 })
      }
    }
  }
  return null
}

function holdsOthers(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}
