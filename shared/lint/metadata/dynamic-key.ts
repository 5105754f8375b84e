import type { JsonObject } from '../../event.ts'
import type { Finding, Rule } from '../rule.ts'
import { pathInCall, placesOf } from './places.ts'
import { childPath, isJsonObject, shown } from './value.ts'

const findingLimit = 5
/** Longer suggestions would not be read. Characters. */
const shownLength = 2_000
const convertedKeys = 50

export const dynamicKey: Rule = {
  id: 'metadata/dynamic-key',
  severity: 'warning',
  title: 'Value used as a key',
  documentation:
    'A key is the name of a property, and the same in every event. An id, a date or a number as a key makes a new property of each value: soon there are thousands, each seen once, and none of them can be filtered or grouped by. Put it into a list of objects instead, as a value.',
  good: {
    type: 'track',
    event: 'Survey Completed',
    userId: 'abc123',
    properties: { answers: [{ id: '48151623', value: 5 }] },
  },
  bad: {
    type: 'track',
    event: 'Survey Completed',
    userId: 'abc123',
    properties: { answers: { '48151623': 5, '48151624': 3 } },
  },
  source: 'Track Spec',
  check(event) {
    if (event.type !== 'track' || event.properties === null) return []
    const findings: Finding[] = []
    consider(event.properties, 'properties', findings)
    for (const place of placesOf(event.properties)) {
      if (findings.length >= findingLimit) break
      if (isJsonObject(place.value)) consider(place.value, pathInCall(place), findings)
    }
    return findings
  },
}

function consider(object: JsonObject, path: string, findings: Finding[]): void {
  const keys: string[] = []
  for (const key in object) {
    if (!Object.hasOwn(object, key)) continue
    keys.push(key)
    if (keys.length === convertedKeys) break
  }
  const numbered = numberedPrefixes(keys)
  const dynamic = keys.filter((key) => kindOf(key) !== null || numbered.has(numberedKey.exec(key)?.[1] ?? ''))
  const [first] = dynamic
  if (first === undefined) return
  const kind = kindOf(first) ?? 'a number'
  findings.push({
    path: childPath(path, first),
    message: `${shown(masked(first, kind))} is ${kind}, used as a key`,
    reason: 'Each new value makes a new property, which is never seen again and can’t be asked about.',
    // Where some keys are names and some are values, only the author knows how to part them.
    suggestion: dynamic.length === Object.keys(object).length ? asList(object, kind) : null,
  })
}

type Kind = 'an id' | 'a date' | 'a number' | 'an e-mail address'

/** What a key is, if it is no name. */
function kindOf(key: string): Kind | null {
  // A name of a few letters is by far the most common.
  if (key.length > 200 || !/[\d@]/.test(key)) return null
  if (/^-?\d+(?:\.\d+)?$/.test(key)) return /^(?:19|20)\d{6}$/.test(key) ? 'a date' : 'a number'
  if (/^(?:19|20)\d\d[-/.](?:0?[1-9]|1[0-2])(?:[-/.](?:0?[1-9]|[12]\d|3[01])(?:[T ].*)?)?$/.test(key))
    return 'a date'
  if (/^[^\s@]+@[^\s@]+\.[a-z]{2,}$/i.test(key)) return 'an e-mail address'
  return isId(key) ? 'an id' : null
}

function isId(key: string): boolean {
  if (/^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i.test(key)) return true
  if (/^(?=.*\d)[\da-f]{16,}$/i.test(key)) return true
  if (/^[0-7][\dA-HJKMNP-TV-Z]{25}$/.test(key)) return true
  // `user_123456`: a word and a long number.
  if (/^[a-z]+[_:-]\d{6,}$/i.test(key)) return true
  // `cus_9s6XKzkNRiz8i3`: behind a prefix, letters and digits that take turns.
  const random = /^[a-z]{2,12}_([\da-z]{10,})$/i.exec(key)?.[1]
  return random !== undefined && (random.match(/\d(?=[a-z])|[a-z](?=\d)/gi)?.length ?? 0) >= 3
}

const numberedKey = /^([a-z][a-z_-]*?)[_-]?\d{4,}$/i
/** So many of a kind in one object are no coincidence: `revenue_2024`, `revenue_2025`, `revenue_2026`. */
const enoughNumbered = 3

function numberedPrefixes(keys: readonly string[]): ReadonlySet<string> {
  const counts = new Map<string, number>()
  for (const key of keys) {
    const prefix = key.length > 100 ? undefined : numberedKey.exec(key)?.[1]
    if (prefix !== undefined) counts.set(prefix, (counts.get(prefix) ?? 0) + 1)
  }
  return new Set([...counts].filter(([, count]) => count >= enoughNumbered).map(([prefix]) => prefix))
}

function masked(key: string, kind: Kind): string {
  return kind === 'an e-mail address' ? `${key.slice(0, 1)}…${key.slice(key.indexOf('@'))}` : key
}

/** The object as a list to paste: its values alone where the keys only count them. */
function asList(object: JsonObject, kind: Kind): string | null {
  if (kind === 'an e-mail address') return null
  const entries = Object.entries(object)
  if (entries.length > convertedKeys) return null
  const isCounted = entries.every(([key], index) => key === String(index))
  const list = isCounted
    ? entries.map(([, value]) => value)
    : entries.map(([key, value]) => {
        const name = kind === 'a date' ? 'date' : 'id'
        return isJsonObject(value) && !Object.hasOwn(value, name)
          ? { [name]: key, ...value }
          : { [name]: key, value }
      })
  return jsonWithin(list, shownLength)
}

/** Null where it would be longer, or is nested so deeply that it can't be written. */
function jsonWithin(value: unknown, length: number): string | null {
  try {
    const json = JSON.stringify(value)
    return json.length > length ? null : json
  } catch {
    return null
  }
}
