/** The longest that RFC 5321 allows. Characters. */
const longestLocalPart = 64
const longestDomain = 255

const localPart = /[\p{L}\p{N}.!#$%&'*+=?^_`{|}~-]+$/u
const localPartOfUrl = /[\p{L}\p{N}._+%'-]+$/u
const domain =
  /^(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+(?:\p{L}{2,24}|xn--[a-z\d-]{2,50})(?![\p{L}\p{N}_-])/u
/** `logo@2x.png` is a picture for fine screens. */
const picture = /^\d(?:\.\d)?x\.(?:png|jpe?g|gif|webp|avif|svg|ico|bmp)$/i

export interface Span {
  start: number
  end: number
}

/**
 * Addresses in a text. Looks at what stands around each @, so that the work is in proportion to the text, whatever it
 * holds. What names a user at a host is none: `https://key@host`, `git@host:path`, `@somebody@a.server`.
 */
export function emailsIn(text: string): Span[] {
  const spans: Span[] = []
  // In an address of the web, = and & part one value from the next.
  const local = text.includes('=') ? localPartOfUrl : localPart
  for (const sign of ['@', '%40']) {
    for (let at = text.indexOf(sign); at !== -1; at = text.indexOf(sign, at + sign.length)) {
      const span = addressAround(text, at, sign, sign === '@' ? local : localPartOfUrl)
      if (span !== null) spans.push(span)
    }
  }
  return spans
}

function addressAround(text: string, at: number, sign: string, pattern: RegExp): Span | null {
  const local = pattern.exec(text.slice(Math.max(0, at - longestLocalPart), at))?.[0]
  if (local === undefined || !/[\p{L}\p{N}]/u.test(local)) return null
  const start = at - local.length
  const host = domain.exec(text.slice(at + sign.length, at + sign.length + longestDomain))?.[0]
  if (host === undefined || picture.test(host)) return null
  const end = at + sign.length + host.length
  if (text.charAt(start - 1) === '@' || isOfUrl(text, start) || isOfRemotePath(text, end)) return null
  return { start, end }
}

/** Behind `//`, and no `/`, `?` or `#` since: who logs in, not who gets mail. */
function isOfUrl(text: string, start: number): boolean {
  return /\/\/[^\s/?#]*$/.test(text.slice(Math.max(0, start - 200), start))
}

function isOfRemotePath(text: string, end: number): boolean {
  return text.charAt(end) === ':' && /[\w/~]/.test(text.charAt(end + 1))
}
