import diff from 'microdiff'
import type { Difference } from 'microdiff'
import type { JsonObject, TracksideEvent } from '../../../shared/event.ts'
import { accessPath } from '../json-tree/rows.ts'

export type Change = { path: string } & (
  | { kind: 'added'; value: unknown }
  | { kind: 'removed'; before: unknown }
  | { kind: 'changed'; before: unknown; value: unknown }
)

export interface Comparison {
  changes: Change[]
  /** What is the same in both, as far as a value that holds no others goes. */
  equal: { path: string; value: unknown }[]
}

const roots = ['properties', 'traits', 'context'] as const

/** What `event` says otherwise than `other`, which came before it. */
export function compare(event: TracksideEvent, other: TracksideEvent): Comparison {
  const now = metadataOf(event)
  const changes = diff(metadataOf(other), now, { cyclesFix: false }).map(changeOf)
  const changed = new Set(changes.map(({ path }) => path))
  return { changes, equal: leavesWithout(now, changed) }
}

function metadataOf(event: TracksideEvent): JsonObject {
  return Object.fromEntries(roots.map((root) => [root, event[root] ?? {}]))
}

function pathOf([root = '', ...steps]: Difference['path']): string {
  return accessPath(String(root), steps)
}

function changeOf(difference: Difference): Change {
  const path = pathOf(difference.path)
  switch (difference.type) {
    case 'CREATE':
      return { kind: 'added', path, value: difference.value as unknown }
    case 'REMOVE':
      return { kind: 'removed', path, before: difference.oldValue as unknown }
    case 'CHANGE':
      return {
        kind: 'changed',
        path,
        before: difference.oldValue as unknown,
        value: difference.value as unknown,
      }
  }
}

/** The values of the tree, but for what has changed and what stands in it. */
function leavesWithout(metadata: JsonObject, changed: ReadonlySet<string>): Comparison['equal'] {
  const leaves: Comparison['equal'] = []
  const open = Object.entries(metadata)
    .reverse()
    .map(([path, value]) => ({ path, value }))
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const { value, path } = node
    if (changed.has(path)) continue
    if (typeof value !== 'object' || value === null) {
      leaves.push({ path, value })
      continue
    }
    const keys = Array.isArray(value) ? value.map((_, index) => index) : Object.keys(value)
    for (const key of keys.reverse()) {
      open.push({ path: accessPath(path, [key]), value: (value as JsonObject)[key] })
    }
  }
  return leaves
}
