import { ruleById } from '../../../../shared/lint/index.ts'
import type { Facts, Finding, LintedEvent } from '../../../../shared/lint/rule.ts'
import { factsWith, track } from '../call.ts'

/** What one rule finds in the metadata of a track call. */
export function findingsOf(
  rule: string,
  properties: unknown,
  facts: Partial<Facts> = {},
  name = 'Report Exported',
): Finding[] {
  return findingsIn(rule, track(name, properties), facts)
}

export function findingsIn(rule: string, event: LintedEvent, facts: Partial<Facts> = {}): Finding[] {
  const found = ruleById(rule)
  if (found === null) throw new Error(`There is no rule ${rule}`)
  return found.check(event, factsWith(facts))
}

/** Where, and what to write instead. */
export function fixesOf(
  ...asked: Parameters<typeof findingsOf>
): [path: string, suggestion: string | null][] {
  return findingsOf(...asked).map(({ path, suggestion }) => [path, suggestion])
}

/** Levels and levels of objects, as deep as nobody means it. */
export function nested(depth: number): Record<string, unknown> {
  let value: Record<string, unknown> = { end: '03/02/2026' }
  for (let level = 0; level < depth; level += 1) value = { child: value }
  return value
}
