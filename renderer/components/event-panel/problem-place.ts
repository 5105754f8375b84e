import type { EventDetail, JsonObject, Problem } from '../../../shared/event.ts'
import { severities } from '../../../shared/event.ts'
import { isJsonObject } from '../../../shared/normalise.ts'

const step = /(?:^|\.)([^.[\]]+)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/gy

/** The steps of a path as rules write them: `properties.products[0]["the sku"]`; null where it is no such path. */
export function stepsOf(path: string): string[] | null {
  const steps: string[] = []
  step.lastIndex = 0
  while (step.lastIndex < path.length) {
    const match = step.exec(path)
    if (match === null) return null
    const [, key, index, quoted] = match
    steps.push(quoted === undefined ? (key ?? index ?? '') : String(JSON.parse(quoted)))
  }
  return steps
}

/** What stands at the place that a rule names; undefined where nothing does. */
export function valueAt(event: EventDetail, path: string): unknown {
  let place: unknown = fieldsOf(event)
  for (const key of stepsOf(path) ?? ['']) {
    if (typeof place !== 'object' || place === null) return undefined
    const object = place as JsonObject
    // Rules cut a long key short.
    const own = Object.hasOwn(object, key)
      ? key
      : Object.keys(object).find((one) => one.startsWith(key) && key.length === 100)
    if (own === undefined) return undefined
    place = object[own]
  }
  return place
}

/** The call as sent, straightened where the engine has straightened it. */
function fieldsOf(event: EventDetail): JsonObject {
  const { properties, traits, context, userId, anonymousId } = event
  const read = Object.entries({ properties, traits, context, userId, anonymousId })
  return { ...payloadOf(event), ...Object.fromEntries(read.filter(([, value]) => value !== null)) }
}

export function payloadOf({ payload }: EventDetail): JsonObject {
  if (payload === null) return {}
  try {
    const value: unknown = JSON.parse(payload)
    return isJsonObject(value) ? value : {}
  } catch {
    // Only a rejected call can have a payload that is no JSON.
    return {}
  }
}

const foundLength = 80

/** What a problem found, as it is shown struck through beside the suggestion: names bare, values as JSON. */
export function foundBy(event: EventDetail, { path }: Problem): string | null {
  const value = valueAt(event, path)
  if (value === undefined) return null
  const isName = path === 'event' || path === 'name'
  const text = isName && typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
  return text.length > foundLength ? `${text.slice(0, foundLength)}…` : text
}

/** Worst first, else in the order of the rules. */
export function byWorst(problems: readonly Problem[]): Problem[] {
  return problems.toSorted((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity))
}

export const problemsAt = (event: EventDetail, ...paths: string[]): Problem[] =>
  event.problems.filter(({ path }) => paths.includes(path))
