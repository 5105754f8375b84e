import type { JsonObject } from '../event.ts'
import { normalise } from '../normalise.ts'
import type { LintConfig } from './config.ts'
import type { English, Facts, LintedEvent } from './rule.ts'

// A call that is judged by itself: there is no log that it stands in, and nothing came before it.

/** `receivedAt` is epoch milliseconds. */
export function callAlone(
  payload: JsonObject,
  { id = 0, source = null, receivedAt = 0 }: Partial<Pick<LintedEvent, 'id' | 'source' | 'receivedAt'>> = {},
): LintedEvent {
  return { ...normalise(payload, { batch: {}, receivedAt }), id, source, receivedAt, payload }
}

export function factsOfNothing(english: English, config: LintConfig): Facts {
  return {
    english,
    config,
    lookAlike: null,
    duplicateOf: null,
    isTextDamaged: false,
    accountOfUser: null,
    sourceSendsAccounts: false,
    past: null,
    keyStyle: null,
    formerUser: null,
    isUserIntroduced: true,
    accountBefore: null,
    otherAccountOfUser: null,
    callBytes: 0,
    batch: null,
    firedBefore: null,
    isTranslated: false,
    plan: null,
  }
}
