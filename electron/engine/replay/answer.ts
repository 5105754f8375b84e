/** What an answer means for the calls of its request. */
export type Verdict =
  /** They are there. */
  | 'sent'
  /** Not now: the same again later. */
  | 'again'
  /** One of them is bad: halve until it stands alone. */
  | 'halve'
  /** They are refused for good. */
  | 'refused'
  /** It is not about them: no call would fare better at this destination as it is set up. */
  | 'trouble'

/** Redirects are not followed: the secret would go along to wherever they point. */
const aboutDestination = new Set([401, 403, 404, 405, 407, 410, 421])
const aboutCalls = new Set([400, 413, 422])
const passing = new Set([408, 425, 429])

export function verdictOf(status: number): Verdict {
  if (status >= 200 && status < 300) return 'sent'
  if (status >= 500 || passing.has(status)) return 'again'
  if (aboutCalls.has(status)) return 'halve'
  if (status < 400 || aboutDestination.has(status)) return 'trouble'
  return 'refused'
}

/** What to do about an answer that is about the destination; the first half of a sentence is the caller's. */
export function adviceOf(status: number, location: string | null): string {
  if (status < 400) {
    const target = location === null ? 'elsewhere' : `to ${location}`
    return `It redirects ${target}. If that is right, give the destination that address`
  }
  if (status === 401 || status === 403) return 'Check the write key and the authentication of the destination'
  return 'Check the address of the destination'
}

/** How long `Retry-After` asks to wait, in milliseconds: seconds or a date; null when it says neither. */
export function retryAfterMs(header: string | null, now: number): number | null {
  if (header === null) return null
  const text = header.trim()
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000
  const date = Date.parse(text)
  return Number.isNaN(date) ? null : Math.max(0, date - now)
}

/** Bytes that are kept of the body of a failure. */
export const keptBodyBytes = 2048

/** Takes secrets out of what a destination has said, since some echo what they got. */
export class Scrubber {
  readonly #secrets: string[]
  readonly #longest: number

  constructor(secrets: readonly string[]) {
    const forms = secrets
      .filter((secret) => secret !== '')
      .flatMap((secret) => [
        secret,
        JSON.stringify(secret).slice(1, -1),
        encodeURIComponent(secret),
        Buffer.from(secret).toString('base64'),
        Buffer.from(`${secret}:`).toString('base64'),
      ])
    // The longest first, so that no part of one is left over by another.
    this.#secrets = [...new Set(forms)].sort((a, b) => b.length - a.length)
    this.#longest = Buffer.byteLength(this.#secrets[0] ?? '')
  }

  scrub(text: string): string {
    let scrubbed = text
    for (const secret of this.#secrets) scrubbed = scrubbed.replaceAll(secret, '***')
    return scrubbed
  }

  /** How many bytes of a body to read in order to keep its beginning. */
  get readLimit(): number {
    return keptBodyBytes + this.#longest
  }

  /** The beginning of a body as it may be shown and kept. A body as long as the limit may end within a secret. */
  excerpt(body: Buffer): string {
    const scrubbed = this.scrub(body.toString('utf8'))
    const isWhole = body.length < this.readLimit
    let text = isWhole ? scrubbed : scrubbed.slice(0, Math.max(0, scrubbed.length - this.#longest))
    while (Buffer.byteLength(text) > keptBodyBytes) text = text.slice(0, Math.floor(text.length * 0.9))
    return text.trim()
  }
}
