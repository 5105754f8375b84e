import { callTypes } from '../../../shared/event.ts'
import type { CallType } from '../../../shared/event.ts'

/** What a path means to the receiver. */
export type Route =
  | { kind: 'call'; type: CallType }
  | { kind: 'batch' }
  | { kind: 'pixel'; type: CallType | null }
  | { kind: 'journy'; type: CallType }
  | { kind: 'journy-validate' }
  | { kind: 'journy-snippet' }
  | { kind: 'settings'; writeKey: string }
  | { kind: 'source-config' }
  | { kind: 'cluster-info' }
  | { kind: 'token' }
  | { kind: 'metrics' }
  | { kind: 'script'; writeKey: string }
  | { kind: 'bundle'; file: string }
  | { kind: 'posthog' }
  | { kind: 'authority'; form: 'pem' | 'der' }
  | { kind: 'unknown' }

/** What may be done with a path; null where any method has the same answer. */
export const allowedMethods: Record<Route['kind'], readonly string[] | null> = {
  call: ['POST'],
  batch: ['POST'],
  pixel: ['GET'],
  journy: ['POST'],
  'journy-validate': ['GET'],
  'journy-snippet': ['GET'],
  settings: ['GET'],
  'source-config': ['GET'],
  'cluster-info': ['GET'],
  token: ['POST'],
  metrics: null,
  script: ['GET', 'HEAD'],
  bundle: ['GET', 'HEAD'],
  posthog: null,
  authority: ['GET'],
  unknown: null,
}

const types = new Map<string, CallType>([
  ...callTypes.map((type) => [type, type] as const),
  ['t', 'track'],
  ['i', 'identify'],
  ['p', 'page'],
  ['s', 'screen'],
  ['g', 'group'],
  ['a', 'alias'],
])
const batch: Route = { kind: 'batch' }

const fixed = new Map<string, Route>()
// Without the prefix for React Native's proxy and an apiHost without /v1; /sdk is June's.
for (const prefix of ['/v1', '', '/sdk']) {
  for (const [name, type] of types) fixed.set(`${prefix}/${name}`, { kind: 'call', type })
  for (const name of ['batch', 'import', 'b']) fixed.set(`${prefix}/${name}`, batch)
  fixed.set(`${prefix}/m`, { kind: 'metrics' })
}
// Jitsu's, from browsers and from servers; an `event` says itself what it is.
for (const prefix of ['/api/s', '/api/s/s2s']) {
  for (const [name, type] of types) fixed.set(`${prefix}/${name}`, { kind: 'call', type })
  for (const name of ['batch', 'event']) fixed.set(`${prefix}/${name}`, batch)
}
const others: [path: string, route: Route][] = [
  ['/beacon/v1/batch', batch],
  ['/sourceConfig', { kind: 'source-config' }],
  ['/cluster-info', { kind: 'cluster-info' }],
  ['/rsaMetrics', { kind: 'metrics' }],
  ['/token', { kind: 'token' }],
  ['/events', { kind: 'journy', type: 'track' }],
  ['/users/upsert', { kind: 'journy', type: 'identify' }],
  ['/accounts/upsert', { kind: 'journy', type: 'group' }],
  ['/link', { kind: 'journy', type: 'identify' }],
  ['/validate', { kind: 'journy-validate' }],
  ['/tracking/snippet', { kind: 'journy-snippet' }],
]
for (const [path, route] of others) fixed.set(path, route)
for (const path of ['/capture', '/e', '/decide', '/flags', '/i/v0/e']) fixed.set(path, { kind: 'posthog' })
fixed.set('/trackside-ca.pem', { kind: 'authority', form: 'pem' })
fixed.set('/trackside-ca.crt', { kind: 'authority', form: 'der' })

/** The snippet asks for `analytics.min.js`, older ones below `platform/`. */
const script = /^\/analytics\.js\/v1\/([^/]+)(?:\/platform)?\/analytics(?:\.min)?\.js$/
const bundle = /^\/analytics-next\/bundles\/([\w-]+\.bundle\.\w+\.js)$/
const settings = /^(?:\/v1)?\/projects\/([^/]+)\/settings$/
const pixel = /^(?:\/v1)?\/pixel\/([^/]+)$/

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
  if (file !== undefined) return { kind: 'bundle', file }
  const method = pixel.exec(canonical)?.[1]
  if (method !== undefined) return { kind: 'pixel', type: types.get(method) ?? null }
  return { kind: 'unknown' }
}

/** For the message of a 404. */
export const knownPaths =
  '/v1/track, /v1/identify, /v1/page, /v1/screen, /v1/group, /v1/alias, /v1/batch or /v1/import; RudderStack’s ' +
  'to the same, Jitsu’s to /api/s/track and the like, June’s to /sdk/batch, journy.io’s to /events, /users/upsert, ' +
  '/accounts/upsert or /link; pixels ask for /v1/pixel/track'
