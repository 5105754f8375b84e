import type { Finding, Rule } from '../rule.ts'
import { wordSet } from '../words/word-set.ts'
import { wordsOfKey } from './key-words.ts'
import type { Leaf } from './value.ts'
import { leavesOf, shown } from './value.ts'
import { epochDate, writtenDate } from './written-date.ts'

const findingLimit = 10

export const dateFormat: Rule = {
  id: 'metadata/date-format',
  severity: 'warning',
  title: 'Date is not in ISO 8601',
  documentation:
    '`03/02/2026` is February in one country and March in another, and a number of seconds is no date to most tools. The Segment spec writes dates as ISO 8601: `2026-02-03`, or `2026-02-03T04:05:06Z` with the time. The finding appears where the key says that it is a date (`created_at`, `due_date`, `date`); a key `timestamp` may hold a number.',
  good: { type: 'track', event: 'Invoice Sent', userId: 'abc123', properties: { due_date: '2026-02-23' } },
  bad: { type: 'track', event: 'Invoice Sent', userId: 'abc123', properties: { due_date: '02/23/2026' } },
  source: 'Segment spec',
  check(event) {
    const findings: Finding[] = []
    const reported = new Set<string>()
    const properties = event.properties === null ? [] : leavesOf(event.properties, 'properties')
    const own = event.type === 'identify' || event.type === 'group'
    const traits = !own || event.traits === null ? [] : leavesOf(event.traits, 'traits')
    for (const leaf of [...properties, ...traits]) {
      const finding = judged(leaf)
      if (finding === null) continue
      // One finding stands for all elements of a list.
      const place = leaf.path.replace(/\[\d+\]/g, '[]')
      if (reported.has(place)) continue
      reported.add(place)
      findings.push(finding)
      if (findings.length === findingLimit) break
    }
    return findings
  },
}

const dateWords = wordSet('date datetime birthday birthdate dob deadline')
const timeWords = wordSet('timestamp time')
/** `look_at`, `arrived_at` a place: only together with a value that looks like a date. */
const atWords = wordSet('at on')

/** What the last word of a key says: that it is a date, or a point in time, for which a number will do. */
function saysDate(key: string): 'date' | 'time' | null {
  const last = wordsOfKey(key).at(-1)
  if (last === undefined) return null
  if (dateWords.has(last)) return 'date'
  if (timeWords.has(last)) return 'time'
  // A key that is nothing but `at` says nothing.
  return atWords.has(last) && wordsOfKey(key).length > 1 ? 'date' : null
}

function judged({ path, key, value }: Leaf): Finding | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null
  const says = saysDate(key)
  if (says === null) return null
  if (typeof value === 'number') {
    const iso = says === 'date' ? epochDate(value) : null
    return iso === null
      ? null
      : finding(path, `${shown(value)} is a number; the key says that it is a date`, iso)
  }
  const date = writtenDate(value)
  if (date === null || date.kind === 'iso') return null
  if (date.kind === 'impossible') return finding(path, `${shown(value)} is a date that does not exist`, null)
  // Seconds in quotes: under `timestamp`, a number with quotes is still what the key says.
  if (says === 'time' && /^[\d.]+$/.test(value.trim())) return null
  return finding(path, `${shown(value)} is a date, but not in ISO 8601`, date.iso)
}

function finding(path: string, message: string, suggestion: string | null): Finding {
  return {
    path,
    message,
    reason: 'Only ISO 8601 is read as the same day and time by every tool.',
    suggestion,
  }
}
