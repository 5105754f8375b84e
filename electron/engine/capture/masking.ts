const masked = '***'

/** Whole words of a name: `x-auth-token` and `authToken` are secret, `x-tokenizer` is not. */
const secretName =
  /(?:^|[-_.])(?:authorization|auth|cookie2?|credentials?|jwt|passw(?:or)?d|secret|session|sig|signature|token|(?:api|access|private|write|secret)[-_]?key)(?:$|[-_.])/i

/** SDKs send the same few names again and again. */
const judged = new Map<string, boolean>()
const judgedLimit = 1_000

function isSecretName(name: string): boolean {
  return secretName.test(name.replace(/([a-z])(?=[A-Z])/g, '$1-'))
}

function isSecretHeader(name: string): boolean {
  const known = judged.get(name)
  if (known !== undefined) return known
  const isSecret = isSecretName(name)
  if (judged.size < judgedLimit) judged.set(name, isSecret)
  return isSecret
}

const isAddress = (name: string): boolean => name.length === 7 && name.toLowerCase() === 'referer'

/**
 * JSON of [[name, value]]. Of `Basic …` the scheme stays, because which one an SDK uses is worth knowing; of the page
 * that a browser comes from, all but what its query has of secrets.
 */
export function maskedHeaders(headers: readonly string[]): string {
  const pairs: [string, string][] = []
  for (let index = 0; index + 1 < headers.length; index += 2) {
    const name = headers[index] ?? ''
    const value = headers[index + 1] ?? ''
    pairs.push([name, maskedHeader(name, value)])
  }
  return JSON.stringify(pairs)
}

function maskedHeader(name: string, value: string): string {
  if (isAddress(name)) return maskedUrl(value)
  return isSecretHeader(name) ? value.replace(/^(\w+ )?.*$/s, `$1${masked}`) : value
}

/**
 * A query without its secrets. The write key stays: it names the source. So does the call of a pixel, `data` or one
 * parameter a field: whatever it says stands in the event as well.
 */
export function maskedUrl(url: string): string {
  const start = url.indexOf('?')
  if (start === -1) return url
  return (
    url.slice(0, start) +
    url
      .slice(start)
      .replace(/([?&])([^=&]*)=[^&]*/g, (pair: string, mark: string, name: string) =>
        isSecretParameter(name) ? `${mark}${name}=${masked}` : pair,
      )
  )
}

function isSecretParameter(name: string): boolean {
  return !/^write_?key$/i.test(name) && !name.includes('.') && isSecretName(name)
}
