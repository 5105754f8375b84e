/** Where calls go and under which write key: what the lines of an SDK are made of. */
export interface Target {
  /** http://127.0.0.1:7357 */
  url: string
  /** 127.0.0.1:7357 */
  host: string
  hostname: string
  port: string
  protocol: 'http' | 'https'
  writeKey: string
}

/** One way to write the lines. */
export interface Variant {
  id: string
  /** For the choice between several. */
  title: string
  /** Which addresses these lines can be given. */
  scheme: 'any' | 'http' | 'https'
  code: (target: Target) => string
  /** What is true of this way only. Code stands between backquotes. */
  note?: string
}

export type Family = 'Browser' | 'Server' | 'Mobile' | 'Other vendors'

export interface Sdk {
  id: string
  family: Family
  title: string
  /** The package, for the list. */
  platform: string
  install: string
  variants: readonly [Variant, ...Variant[]]
  /** Names that it gives itself in context.library; empty where it gives none. */
  libraries: readonly string[]
  writeKey: string
  /** The options that carry the address, and what it adds to them: where to look when a path comes out wrong. */
  options: string
  path: string
  /** Whether it asks for its settings before it sends anything. */
  asksSettings: boolean
  /** Where its program runs: 127.0.0.1 is another machine there. */
  device?: 'android' | 'apple' | 'phone'
  /** What most often goes wrong with this one, said before it does. Code stands between backquotes. */
  notes: readonly string[]
}

/** Write keys are put between the quotes of a dozen languages: what would end them is left out. */
const unquotable = /[^\w.~-]/g

/** `url` as the engine gives it, without a path. */
export function targetOf(url: string, writeKey: string): Target {
  const { host, hostname, port, protocol } = new URL(url)
  const isHttps = protocol === 'https:'
  return {
    url,
    host,
    hostname,
    port: port || (isHttps ? '443' : '80'),
    protocol: isHttps ? 'https' : 'http',
    writeKey: writeKey.replace(unquotable, ''),
  }
}

export const lines = (...all: string[]): string => all.join('\n')

/** For an SDK that is pointed anywhere in one way only. */
export function only(code: Variant['code']): [Variant] {
  return [{ id: 'plain', title: 'http or https', scheme: 'any', code }]
}

/** A track call of the SDKs that take one object, in JavaScript. */
export const trackObject = (name = 'analytics'): string =>
  lines(
    `${name}.track({`,
    "  userId: '42',",
    "  event: 'Invoice Sent',",
    "  properties: { total_amount: 123.45, currency: 'USD' },",
    "  context: { groupId: 'acme' },",
    '})',
  )

/** The calls of the SDKs that remember their user, in JavaScript. */
export const browserCalls = (name = 'analytics'): string =>
  lines(
    `${name}.identify('42', { name: 'Jane Cooper' })`,
    `${name}.group('acme', { name: 'Acme, Inc.' })`,
    `${name}.track(`,
    "  'Invoice Sent',",
    "  { total_amount: 123.45, currency: 'USD' },",
    "  { context: { groupId: 'acme' } },",
    ')',
  )
