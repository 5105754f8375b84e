import type { JsonObject } from '../../event.ts'

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** How a sentence calls the type of a value: “a list”, “an object”. */
export function typeName(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'an object'
  if (typeof value === 'string') return 'text'
  return `a ${typeof value}`
}

/** The value as a sentence shows it, at most 60 characters long. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value.slice(0, 60)) : String(JSON.stringify(value))
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}

/** `properties.total`, `properties["total amount"]`: the path of a key. */
export function childPath(parent: string, key: string): string {
  const shortKey = key.slice(0, 100)
  return /^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(shortKey)
    ? `${parent}.${shortKey}`
    : `${parent}[${JSON.stringify(shortKey)}]`
}

export interface Leaf {
  path: string
  /** The key it stands under; of an element of a list, the key of the list. */
  key: string
  value: unknown
}

const nodeLimit = 2_000
const depthLimit = 12
const elementLimit = 50

let latest: { root: JsonObject; rootPath: string; leaves: readonly Leaf[] } | null = null

/**
 * The values inside an object that hold no others, in their order. Bounded: a payload made to be slow is read in
 * part. No recursion, so that depth can't exhaust the stack.
 */
export function leavesOf(root: JsonObject, rootPath: string): readonly Leaf[] {
  // Several rules ask about the same event, one after the other.
  if (latest?.root === root && latest.rootPath === rootPath) return latest.leaves
  const leaves = foundIn(root, rootPath)
  latest = { root, rootPath, leaves }
  return leaves
}

function foundIn(root: JsonObject, rootPath: string): Leaf[] {
  const leaves: Leaf[] = []
  const open: { value: unknown; path: string; key: string; depth: number }[] = [
    { value: root, path: rootPath, key: '', depth: 0 },
  ]
  for (let nodes = 0; nodes < nodeLimit; nodes += 1) {
    const node = open.pop()
    if (node === undefined) break
    const { value, path, key, depth } = node
    if (Array.isArray(value)) {
      if (depth >= depthLimit) continue
      for (let index = Math.min(value.length, elementLimit) - 1; index >= 0; index -= 1) {
        open.push({ value: value[index], path: `${path}[${index}]`, key, depth: depth + 1 })
      }
    } else if (isJsonObject(value)) {
      if (depth >= depthLimit) continue
      const keys = Object.keys(value).slice(0, nodeLimit)
      for (const childKey of keys.reverse()) {
        open.push({
          value: value[childKey],
          path: childPath(path, childKey),
          key: childKey,
          depth: depth + 1,
        })
      }
    } else {
      leaves.push({ path, key, value })
    }
  }
  return leaves
}
