import type { JsonObject } from '../../../shared/event.ts'
import { isJsonObject } from '../../../shared/normalise.ts'

/** One transparent dot: where a mail or a page without scripts expects an image. */
export const pixelImage = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')

const base64 = /^[\w+/-]+={0,2}$/

/**
 * The call that the address of a pixel carries, as JSON text: `?data=` in base64 of either alphabet, or plain, or a flat query
 * whose dots are levels (`properties.total=7`). What can't be decoded is given as it stands, to be refused and kept.
 */
export function pixelBody(url: string): Buffer {
  const start = url.indexOf('?')
  const query = new URLSearchParams(start === -1 ? '' : url.slice(start + 1))
  const data = query.get('data')
  if (data === null) return Buffer.from(JSON.stringify(nested(query)))
  // A + that nobody has escaped arrives as a space.
  const text = data.trim().replace(/ /g, '+')
  return base64.test(text) ? Buffer.from(text, 'base64') : Buffer.from(data)
}

/** Levels. More than capture takes of any call, and fewer than JSON can be written of. */
const depthLimit = 1_000

function nested(query: URLSearchParams): JsonObject {
  const call = emptyObject()
  for (const [path, value] of query) {
    // The last key holds what is deeper: such a call is refused, and shown.
    const keys = path.split('.', depthLimit)
    const last = keys.pop() ?? ''
    let level = call
    for (const key of keys) {
      const known = level[key]
      const next = isJsonObject(known) ? known : emptyObject()
      level[key] = next
      level = next
    }
    level[last] = value
  }
  return call
}

/** Keys come from anybody: `__proto__` is one like the others. */
function emptyObject(): JsonObject {
  return Object.create(null) as JsonObject
}
