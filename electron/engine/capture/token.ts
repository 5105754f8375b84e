import { randomUUID } from 'node:crypto'
import type { JsonObject } from '../../../shared/event.ts'

/** Seconds; SDKs ask for the next one after half of them. */
const lifetime = 86_400

/** What an OAuth SDK gets for its client assertion. Nobody checks the token: any key is welcome here. */
export function tokenBody(): JsonObject {
  return {
    access_token: randomUUID(),
    expires_in: lifetime,
    token_type: 'Bearer',
    scope: 'tracking_api:write',
  }
}
