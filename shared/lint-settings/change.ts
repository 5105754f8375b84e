import { lintChange, lintSettingsSchema } from '../contract/lint.ts'
import type { LintChange, LintSettings } from '../contract/lint.ts'
import type { JsonObject } from '../event.ts'
import { isJsonObject } from '../normalise.ts'

/** What is set after a change. Raises a ZodError where that is more than there may be. */
export function changedLint(settings: LintSettings, change: LintChange): LintSettings {
  return lintSettingsSchema.parse(merged(settings, change))
}

/** The change that takes back what `change` does to these settings, and nothing that others have done since. */
export function undoingChange(settings: LintSettings, change: LintChange): LintChange {
  return lintChange.parse(undoing(settings, change))
}

/** RFC 7386: null takes back what it names. An object that becomes empty goes, too: it would say nothing. */
function merged(settings: JsonObject, change: JsonObject): JsonObject {
  const result = { ...settings }
  for (const [key, wanted] of Object.entries(change)) {
    if (wanted === undefined) continue
    const value = isJsonObject(wanted) ? merged(objectAt(settings, key), wanted) : wanted
    if (value === null || (isJsonObject(value) && Object.keys(value).length === 0)) delete result[key]
    else result[key] = value
  }
  return result
}

function undoing(settings: JsonObject, change: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(change)
      .filter(([, wanted]) => wanted !== undefined)
      .map(([key, wanted]) => [
        key,
        isJsonObject(wanted)
          ? undoing(objectAt(settings, key), wanted)
          : Object.hasOwn(settings, key)
            ? settings[key]
            : null,
      ]),
  )
}

function objectAt(settings: JsonObject, key: string): JsonObject {
  const value = Object.hasOwn(settings, key) ? settings[key] : undefined
  return isJsonObject(value) ? value : {}
}
