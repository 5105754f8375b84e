import { english } from '../../../electron/engine/analysis/english.ts'
import type { JsonObject } from '../../../shared/event.ts'
import { defaultLintConfig } from '../../../shared/lint/index.ts'
import { callAlone, factsOfNothing } from '../../../shared/lint/judged-alone.ts'
import type { EventPast, Facts, Finding, JsonType, LintedEvent, Rule } from '../../../shared/lint/rule.ts'
import { parseTime } from '../../../shared/normalise.ts'

/** When calls that do not say it themselves have arrived. */
export const arrival = '2026-01-15T09:30:02.000Z'

/** A call as the linter sees it after capture. `receivedAt` in the payload is what the clock here showed. */
export function linted(payload: JsonObject): LintedEvent {
  const receivedAt = parseTime(payload['receivedAt'] ?? arrival) ?? 0
  return callAlone(payload, { id: 1, source: 'web', receivedAt })
}

export function track(event: unknown, properties: unknown = { total: 1 }): LintedEvent {
  return linted({ type: 'track', event, userId: 'abc123', messageId: 'message-1', properties })
}

export function factsWith(facts: Partial<Facts> = {}): Facts {
  return { ...factsOfNothing(english, defaultLintConfig), ...facts }
}

/** Earlier events of a name: how often each path has had which type. Texts were never empty, unless `empty` says so. */
export function pastWith(paths: Record<string, Partial<Record<JsonType | 'empty', number>>>): EventPast {
  const nothing = { string: 0, number: 0, boolean: 0, object: 0, array: 0, null: 0 }
  return {
    property(path) {
      const seen = Object.hasOwn(paths, path) ? paths[path] : undefined
      if (seen === undefined) return null
      const { empty = 0, ...types } = seen
      return { types: { ...nothing, ...types }, emptyTexts: empty }
    },
  }
}

/** What a rule finds in a call. */
export function findings(rule: Rule, payload: JsonObject, facts: Partial<Facts> = {}): Finding[] {
  return rule.check(linted(payload), factsWith(facts))
}

/** Where it finds something. */
export function placesOf(rule: Rule, payload: JsonObject, facts: Partial<Facts> = {}): string[] {
  return findings(rule, payload, facts).map(({ path }) => path)
}
