import type { Finding, JsonType, Rule } from '../rule.ts'
import { placesToldBy } from '../told-by.ts'
import { jsonType, pathInCall, placesOf } from './places.ts'
import type { Place } from './places.ts'
import { reserved } from './reserved.ts'
import { stringified } from './stringified.ts'
import { usualType } from './usual-type.ts'
import type { UsualType } from './usual-type.ts'

const findingLimit = 10

export const typeDrift: Rule = {
  id: 'metadata/type-drift',
  severity: 'warning',
  title: 'Property changed its type',
  documentation:
    'A property that is a number in one event and text in the next can’t be summed, and a warehouse puts it into two columns or refuses it. The finding appears when at least 95 % of ten or more earlier events of this name had one type and this one has another. Whether a number is whole makes no difference, and `null` is no type of its own.',
  good: { type: 'track', event: 'Report Exported', userId: 'abc123', properties: { rows: 120 } },
  bad: { type: 'track', event: 'Report Exported', userId: 'abc123', properties: { rows: 'all of them' } },
  source: 'experience',
  check(event, facts) {
    if (event.type !== 'track' || event.properties === null || facts.past === null) return []
    const findings: Finding[] = []
    // They know more of what is wrong with a value of such a type.
    let told: ReadonlySet<string> | null = null
    for (const place of placesOf(event.properties)) {
      if (place.type === 'null') continue
      const usual = usualType(facts.past, place.path)
      if (usual === null || usual.type === place.type) continue
      told ??= placesToldBy([reserved, stringified], event, facts)
      const path = pathInCall(place)
      if (told.has(path)) continue
      findings.push(finding(place, path, usual))
      if (findings.length === findingLimit) break
    }
    return findings
  },
}

const typeWords: Record<JsonType, string> = {
  string: 'text',
  number: 'a number',
  boolean: 'a boolean',
  object: 'an object',
  array: 'a list',
  null: 'null',
}

function finding(place: Place, path: string, { type, share, events }: UsualType): Finding {
  return {
    path,
    message: `\`${place.path}\` is ${typeWords[place.type]}; in ${percent(share)} of ${events} earlier events it was ${typeWords[type]}`,
    reason: 'A property of two types is summed wrongly, or ends up in two columns of a warehouse.',
    suggestion: asType(place.value, type),
  }
}

function percent(share: number): string {
  // 99.97 % is not all of them.
  return share === 1 ? 'all' : `${Math.min(99, Math.round(share * 100))} %`
}

/** The same value as JSON of the other type, where there is no doubt which. */
function asType(value: unknown, type: JsonType): string | null {
  if (type === 'string' && (typeof value === 'number' || typeof value === 'boolean'))
    return JSON.stringify(String(value))
  if (typeof value !== 'string' || value.length > 30) return null
  const text = value.trim()
  if (type === 'number') return /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?$/.test(text) ? text : null
  if (type === 'boolean') return /^(?:true|false)$/i.test(text) ? text.toLowerCase() : null
  return type === jsonType(value) ? JSON.stringify(value) : null
}
