import { english } from '../../../electron/engine/analysis/english.ts'
import type { JsonObject } from '../../../shared/event.ts'
import { callTypes } from '../../../shared/event.ts'
import { defaultLintConfig } from '../../../shared/lint/index.ts'
import type { EventPast, Facts, JsonType, LintedEvent } from '../../../shared/lint/rule.ts'
import { normalise } from '../../../shared/normalise.ts'

/** A call as the linter sees it after capture. */
export function linted(payload: JsonObject): LintedEvent {
  const pathType = callTypes.find((type) => type === payload['type'])
  const { type, event, name, userId, anonymousId, accountId, messageId, properties, traits, context } =
    normalise(payload, { batch: {}, receivedAt: 0, pathType })
  return {
    id: 1,
    source: 'web',
    type,
    event,
    name,
    userId,
    anonymousId,
    accountId,
    messageId,
    properties,
    traits,
    context,
    payload,
  }
}

export function track(event: unknown, properties: unknown = { total: 1 }): LintedEvent {
  return linted({ type: 'track', event, userId: 'abc123', properties })
}

export function factsWith(facts: Partial<Facts> = {}): Facts {
  return {
    english,
    config: defaultLintConfig,
    lookAlike: null,
    duplicateOf: null,
    isTextDamaged: false,
    accountOfUser: null,
    sourceSendsAccounts: false,
    past: null,
    keyStyle: null,
    plan: null,
    ...facts,
  }
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
