import { childPath } from '../../../shared/lint/metadata/value.ts'

/** One line of a tree. */
export interface ValueRow {
  kind: 'value'
  /** As problems write it: `properties.products[0].sku`. */
  path: string
  /** From the root of the tree; numbers are places in a list. */
  steps: readonly (string | number)[]
  value: unknown
  /** How many values stand in it; null for a value that holds none. */
  size: number | null
  isOpen: boolean
  level: number
}

/** Stands for children that are not shown yet. */
export interface MoreRow {
  kind: 'more'
  /** Of the object or list that has more. */
  path: string
  level: number
  shown: number
  hidden: number
}

export type TreeRow = ValueRow | MoreRow

export interface TreeState {
  /** null where nobody has opened or closed it. */
  isOpen: (path: string) => boolean | null
  /** Paths whose ancestors begin open, so that what is marked there can be seen. */
  marked: readonly string[]
  /** How many children of it are to be shown. */
  shown: (path: string) => number
}

/** How many children are shown at first, and by how many more each time. */
export const firstChildren = 200
export const moreChildren = 300
/** What has more than this begins closed. */
const openSize = 20

function childrenOf(
  value: unknown,
): { size: number; at: (index: number) => [string | number, unknown] } | null {
  if (Array.isArray(value)) return { size: value.length, at: (index) => [index, value[index]] }
  if (typeof value !== 'object' || value === null) return null
  const object = value as Record<string, unknown>
  const keys = Object.keys(object)
  return {
    size: keys.length,
    at: (index) => {
      const key = keys[index] ?? ''
      return [key, object[key]]
    },
  }
}

const within = (path: string, marked: string): boolean =>
  marked.startsWith(path) && (marked[path.length] === '.' || marked[path.length] === '[')

/** The lines of a tree whose root, itself no line, is called `root`. No recursion: depth can't exhaust the stack. */
export function rowsOf(root: string, value: unknown, state: TreeState): TreeRow[] {
  const rows: TreeRow[] = []
  interface Open {
    path: string
    steps: readonly (string | number)[]
    level: number
    children: NonNullable<ReturnType<typeof childrenOf>>
    next: number
    shown: number
  }
  const open: Open[] = []
  const enter = (path: string, steps: Open['steps'], level: number, inner: unknown): void => {
    const children = childrenOf(inner)
    if (children === null) return
    open.push({ path, steps, level, children, next: 0, shown: Math.min(children.size, state.shown(path)) })
  }
  enter(root, [], 1, value)
  for (let place = open.at(-1); place !== undefined; place = open.at(-1)) {
    const { children, shown, level } = place
    if (place.next === shown) {
      const hidden = children.size - shown
      if (hidden > 0) rows.push({ kind: 'more', path: place.path, level, shown, hidden })
      open.pop()
      continue
    }
    const [step, inner] = children.at(place.next)
    place.next += 1
    const path = typeof step === 'number' ? `${place.path}[${step}]` : childPath(place.path, step)
    const steps = [...place.steps, step]
    const size = childrenOf(inner)?.size ?? null
    const isOpen =
      size !== null && size > 0 && (state.isOpen(path) ?? beginsOpen(path, level, size, state.marked))
    rows.push({ kind: 'value', path, steps, value: inner, size, isOpen, level })
    if (isOpen) enter(path, steps, level + 1, inner)
  }
  return rows
}

function beginsOpen(path: string, level: number, size: number, marked: readonly string[]): boolean {
  return (level === 1 && size <= openSize) || marked.some((one) => within(path, one))
}

/** What a closed object or list holds, in a few words: `{ sku: "A-113", price: 19.9 }`, or how much of it. */
export function previewOf(value: object, size: number): string {
  if (size === 0) return Array.isArray(value) ? '[]' : '{}'
  const short = shortPreview(value)
  if (short !== null) return short
  if (Array.isArray(value)) return size === 1 ? '1 item' : `${size.toLocaleString('en-US')} items`
  return size === 1 ? '1 key' : `${size.toLocaleString('en-US')} keys`
}

const previewLength = 48

function shortPreview(value: object): string | null {
  const parts: string[] = []
  let length = 0
  for (const [key, inner] of Object.entries(value).slice(0, previewLength)) {
    if (typeof inner === 'object' && inner !== null) return null
    const text = typeof inner === 'string' ? JSON.stringify(inner.slice(0, previewLength)) : String(inner)
    const part = Array.isArray(value) ? text : `${key.slice(0, previewLength)}: ${text}`
    parts.push(part)
    length += part.length + 2
    if (length > previewLength) return null
  }
  return Array.isArray(value) ? `[${parts.join(', ')}]` : `{ ${parts.join(', ')} }`
}

/** How the tree names the type of a value. */
export function typeOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}

/** The path as code reads it, whole keys included: `properties.products[0].sku`, `properties["total amount"]`. */
export function accessPath(root: string, steps: readonly (string | number)[]): string {
  return steps.reduce<string>((path, step) => {
    if (typeof step === 'number') return `${path}[${step}]`
    return /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(step) ? `${path}.${step}` : `${path}[${JSON.stringify(step)}]`
  }, root)
}
