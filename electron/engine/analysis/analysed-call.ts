import type { CallType, JsonObject } from '../../../shared/event.ts'
import type { NormalisedCall } from '../../../shared/normalise.ts'

/** An accepted event of the log as the parts of analysis see it. */
export interface AnalysedCall extends NormalisedCall {
  id: number
  type: CallType
  receivedAt: number
  source: string
  payload: JsonObject
}
