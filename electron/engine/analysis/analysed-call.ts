import type { CallType, JsonObject } from '../../../shared/event.ts'
import type { NormalisedCall } from '../../../shared/normalise.ts'

/** An accepted event of the log as the parts of analysis see it. */
export interface AnalysedCall extends NormalisedCall {
  id: number
  type: CallType
  receivedAt: number
  source: string
  payload: JsonObject
  /** How it came. */
  request: {
    id: number
    /** Its place in a batch, from 0; null for a call that came alone. */
    batchIndex: number | null
    /** Bytes of the body, unpacked. */
    bytes: number
    /** What a batch says about all of its calls. */
    batch: JsonObject
    /** Whether its sender has heard that it arrived, as far as that is known: a fault on purpose may say otherwise. */
    isDelivered: boolean
  }
  /** Bytes of the call as sent, in UTF-8. */
  bytes: number
  /** Whether it was sent in the words of another vendor's API. */
  isTranslated: boolean
}
