import type { EventDetail, Problem } from '../../../shared/event.ts'
import { valueAt } from '../../lib/problem-path.ts'
import type { TabId } from './tabs.ts'

/** Parts of a call that are shown as a tree. */
export type TreeRoot = 'properties' | 'traits' | 'context' | 'integrations'
const treeRoots: readonly TreeRoot[] = ['properties', 'traits', 'context', 'integrations']

const idPaths = ['userId', 'anonymousId', 'previousId', 'groupId', 'context.groupId']
const timePaths = ['timestamp', 'originalTimestamp', 'sentAt']
/** Shown in the head of the panel, above all tabs. */
const headPaths = ['event', 'name', 'type']
/** The request tells of the message and of its size; '' is the call as a whole. */
const requestPaths = ['messageId', '']

const rootOf = (path: string): TreeRoot | null =>
  treeRoots.find((root) => path === root || path.startsWith(`${root}.`) || path.startsWith(`${root}[`)) ??
  null

/** The tab in which a problem is marked; null for the head, which is always seen. */
export function tabOf({ path }: Problem): TabId | null {
  if (headPaths.includes(path)) return null
  if (requestPaths.includes(path)) return 'request'
  if (idPaths.includes(path) || timePaths.includes(path)) return 'properties'
  const root = rootOf(path)
  return root === 'context' || root === 'integrations' ? root : 'properties'
}

/** Problems within a part of the call whose place is empty, so that its tree has no row to mark. */
export function absentIn(event: EventDetail, root: TreeRoot): Problem[] {
  return event.problems.filter(
    ({ path }) =>
      path !== root &&
      rootOf(path) === root &&
      !idPaths.includes(path) &&
      valueAt({ [root]: event[root] ?? {} }, path) === undefined,
  )
}

/** Problems at places that no other part of the panel shows: a field that the spec does not know, say. */
export function elsewhereIn(event: EventDetail): Problem[] {
  const shown = [...headPaths, ...requestPaths, ...idPaths, ...timePaths]
  return event.problems.filter(({ path }) => !shown.includes(path) && rootOf(path) === null)
}
