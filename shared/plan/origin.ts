import { isJsonObject } from '../normalise.ts'
import type { JsonObject } from '../event.ts'
import type { DocumentPath } from './plan-fault.ts'

// A plan is put together from parts of a document: references are resolved, keys renamed, what says nothing left out.
// Where each part stood is kept beside it, not in it, because the plan itself is compared, stored and sent as JSON.

interface Origin {
  path: DocumentPath
  /** Keys that did not stand below this path under their own names. */
  keys: ReadonlyMap<string, DocumentPath>
}

const origins = new WeakMap<object, Origin>()

/** The value, of which is known from now on that it stood at this path of its document. */
export function placed<T extends object>(
  value: T,
  path: DocumentPath,
  keys: Iterable<readonly [string, DocumentPath]> = [],
): T {
  origins.set(value, { path, keys: new Map(keys) })
  return value
}

/** The value that has come out of another one, and stood where that stood. */
export function placedLike<T extends object>(value: T, other: object): T {
  const origin = origins.get(other)
  if (origin !== undefined) origins.set(value, origin)
  return value
}

/** The parts as one object, each key where it stood in the last part that has it. */
export function joined(path: DocumentPath, ...parts: readonly JsonObject[]): JsonObject {
  const keys = parts.flatMap((part) =>
    Object.keys(part).map((key): [string, DocumentPath] => [key, pathOfKey(part, key, path)]),
  )
  const whole = parts.reduce((before, part) => ({ ...before, ...part }), {})
  return placed(whole, path, keys)
}

/** Where the value stood; `path` where nobody has said. */
export function pathOf(value: unknown, path: DocumentPath): DocumentPath {
  return originOf(value)?.path ?? path
}

/** Where stood what is behind a key of the value, which itself stood at `path` where nobody has said. */
export function pathOfKey(value: unknown, key: string, path: DocumentPath): DocumentPath {
  return originOf(value)?.keys.get(key) ?? [...pathOf(value, path), key]
}

/** Where stood what these steps lead to from the value, which itself stood at `path` where nobody has said. */
export function pathWithin(value: unknown, steps: readonly string[], path: DocumentPath): DocumentPath {
  const [step, ...rest] = steps
  if (step === undefined) return pathOf(value, path)
  const inside: unknown = isJsonObject(value)
    ? value[step]
    : Array.isArray(value)
      ? value[Number(step)]
      : null
  return pathWithin(inside, rest, pathOfKey(value, step, path))
}

function originOf(value: unknown): Origin | undefined {
  return typeof value === 'object' && value !== null ? origins.get(value) : undefined
}
