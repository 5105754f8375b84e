import type { CallType, JsonObject } from '../../../shared/event.ts'
import { segmentCall } from '../../../shared/journy.ts'

/**
 * The text of a call in the terms of the Segment spec. Only one to journy.io's own API, which a destination would not
 * understand, is written anew.
 */
export function segmentText(payload: string, type: CallType): string {
  if (!payload.includes('"identification"')) return payload
  const call = JSON.parse(payload) as JsonObject
  const translated = segmentCall(call, type)
  if (translated === call) return payload
  // Whom an account has for members, a group call can't say; left in, nothing would redact it.
  const { members: _, ...sent } = translated
  return JSON.stringify(sent)
}
