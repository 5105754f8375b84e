import type { EventDetail, JsonObject, Problem } from '../../../shared/event.ts'
import { severities } from '../../../shared/event.ts'
import { isJsonObject } from '../../../shared/normalise.ts'
import { valueAt } from '../../lib/problem-path.ts'

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
  const value = valueAt(fieldsOf(event), path)
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
