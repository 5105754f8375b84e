import { isUtf8 } from 'node:buffer'
import { headerOf } from './raw-request.ts'

/** Characters: every call of a batch is stored with it. */
const idLimit = 1_000

/**
 * The id in the header `AnonymousId`, which RudderStack's SDKs write in base64; what is no such text stands for itself.
 * Undefined where there is none that could be an id.
 */
export function anonymousIdOf(headers: readonly string[]): string | undefined {
  const sent = headerOf(headers, 'anonymousid')
  if (sent === undefined || sent.length > idLimit) return undefined
  const bytes = Buffer.from(sent, 'base64')
  return isUtf8(bytes) && bytes.toString('base64') === sent ? bytes.toString() : sent
}
