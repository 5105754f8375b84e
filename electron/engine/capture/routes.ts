import { callTypes } from '../../../shared/event.ts'
import type { CallType } from '../../../shared/event.ts'

/** What a path means to the receiver. */
export type Route =
  | { kind: 'call'; type: CallType }
  | { kind: 'batch' }
  | { kind: 'settings'; writeKey: string }
  | { kind: 'metrics' }
  | { kind: 'script'; writeKey: string }
  | { kind: 'bundle'; file: string }
  | { kind: 'posthog' }
  | { kind: 'unknown' }

const letters: Record<string, CallType> = {
  t: 'track',
  i: 'identify',
  p: 'page',
  s: 'screen',
  g: 'group',
  a: 'alias',
}

const fixed = new Map<string, Route>([
  ['/batch', { kind: 'batch' }],
  ['/import', { kind: 'batch' }],
  ['/b', { kind: 'batch' }],
  ['/m', { kind: 'metrics' }],
])
for (const type of callTypes) fixed.set(`/${type}`, { kind: 'call', type })
for (const [letter, type] of Object.entries(letters)) fixed.set(`/${letter}`, { kind: 'call', type })
// With and without the prefix: React Native's proxy and an apiHost without /v1 leave it out.
for (const [path, route] of [...fixed]) fixed.set(`/v1${path}`, route)
for (const path of ['/capture', '/e', '/decide', '/flags', '/i/v0/e']) fixed.set(path, { kind: 'posthog' })

/** The snippet asks for `analytics.min.js`, older ones below `platform/`. */
const script = /^\/analytics\.js\/v1\/([^/]+)(?:\/platform)?\/analytics(?:\.min)?\.js$/
const bundle = /^\/analytics-next\/bundles\/([\w-]+\.bundle\.\w+\.js)$/
const settings = /^(?:\/v1)?\/projects\/([^/]+)\/settings$/

/** The path as routes know it: `//` collapsed, no trailing `/` (Java posts to /v1/import/). */
export function canonicalPath(path: string): string {
  const collapsed = path.replace(/\/{2,}/g, '/')
  return collapsed.length > 1 && collapsed.endsWith('/') ? collapsed.slice(0, -1) : collapsed
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

/** `path` without its query. */
export function routeOf(path: string): Route {
  const canonical = canonicalPath(path)
  const route = fixed.get(canonical)
  if (route !== undefined) return route
  const key = settings.exec(canonical)?.[1]
  if (key !== undefined) return { kind: 'settings', writeKey: decoded(key) }
  const scriptKey = script.exec(canonical)?.[1]
  if (scriptKey !== undefined) return { kind: 'script', writeKey: decoded(scriptKey) }
  const file = bundle.exec(canonical)?.[1]
  return file === undefined ? { kind: 'unknown' } : { kind: 'bundle', file }
}

/** For the message of a 404. */
export const knownPaths =
  '/v1/track, /v1/identify, /v1/page, /v1/screen, /v1/group, /v1/alias, /v1/batch or /v1/import'
