import type { JsonObject } from '../../event.ts'
import { specOf } from '../../spec/semantic-events.ts'
import type { SemanticEvent } from '../../spec/semantic-events.ts'
import { squeezedKey } from '../../spec/reserved.ts'
import type { Finding, KeyStyle, Rule } from '../rule.ts'
import { keyInStyle, stylesOf } from './key-style.ts'
import { pathInCall, placesOf } from './places.ts'
import type { Place } from './places.ts'
import { shown } from './value.ts'

const findingLimit = 10

export const keyCasing: Rule = {
  id: 'metadata/key-casing',
  severity: 'info',
  title: 'Key is written in another style',
  documentation:
    '`total amount` beside `total_amount` is a second property in every tool behind. Which style does not matter, as long as it is one: the one that the source uses nearly everywhere, else the one that most keys of the event have; the Segment spec writes snake_case. Keys that the spec names for a semantic event are right as they are.',
  good: {
    type: 'track',
    event: 'Invoice Sent',
    userId: 'abc123',
    properties: { total_amount: 123.45, invoice_id: 'inv_1' },
  },
  bad: {
    type: 'track',
    event: 'Invoice Sent',
    userId: 'abc123',
    properties: { 'total amount': 123.45, invoice_id: 'inv_1', due_date: '2026-03-01' },
  },
  source: 'Track Spec',
  check(event, facts) {
    if (event.type !== 'track' || event.properties === null) return []
    const keys = keysWithStyle(event.properties, specOf(event.event, event.properties, facts.config.style))
    const style = facts.keyStyle ?? mostUsedStyle(keys)
    if (style === null) return []
    const findings: Finding[] = []
    for (const { place, key, styles } of keys) {
      if (styles.includes(style)) continue
      findings.push(finding(place, key, style, facts.keyStyle !== null))
      if (findings.length === findingLimit) break
    }
    return findings
  },
}

interface StyledKey {
  place: Place
  key: string
  styles: readonly KeyStyle[]
}

function keysWithStyle(properties: JsonObject, spec: SemanticEvent | null): StyledKey[] {
  const keys: StyledKey[] = []
  let before = ''
  for (const place of placesOf(properties)) {
    // A place comes once for each of its types, one after the other only at the top: more of it does no harm.
    if (typeof place.key !== 'string' || place.path === before) continue
    before = place.path
    const styles = stylesOf(place.key)
    if (styles === null || (spec !== null && isSpecs(place.key, spec))) continue
    keys.push({ place, key: place.key, styles })
  }
  return keys
}

/** What the spec names, and what `metadata/spec` says is misspelt. */
function isSpecs(key: string, { properties, inside }: SemanticEvent): boolean {
  if (properties.types.has(key)) return true
  const squeezed = squeezedKey(key)
  if (properties.bySqueezedKey.has(squeezed)) return true
  for (const { bySqueezedKey } of inside.values()) if (bySqueezedKey.has(squeezed)) return true
  return false
}

/** Of the styles that are told apart in this event, the one that most keys have; null where all agree. */
function mostUsedStyle(keys: readonly StyledKey[]): KeyStyle | null {
  const counts = new Map<KeyStyle, number>()
  for (const { styles } of keys) {
    for (const style of styles) counts.set(style, (counts.get(style) ?? 0) + 1)
  }
  let best: KeyStyle | null = null
  // Of two styles used equally, the one of the spec.
  for (const style of preference) {
    if ((counts.get(style) ?? 0) > (best === null ? 0 : (counts.get(best) ?? 0))) best = style
  }
  return best !== null && counts.get(best) === keys.length ? null : best
}

const preference: readonly KeyStyle[] = [
  'snake_case',
  'camelCase',
  'Title Case',
  'kebab-case',
  'PascalCase',
  'UPPER_CASE',
]

function finding(place: Place, key: string, style: KeyStyle, isOfSource: boolean): Finding {
  return {
    path: pathInCall(place),
    message: `${shown(key)} is not in ${style}, as ${isOfSource ? 'nearly all keys of this source are' : 'other keys of this event are'}`,
    reason: 'Written in two ways, one property becomes two in every tool that reads it.',
    suggestion: keyInStyle(key, style),
  }
}
