import { randomUUID } from 'node:crypto'
import { TracksideError } from '../../../shared/contract/errors.ts'
import type { Destination, DestinationInput } from '../../../shared/contract/schemas.ts'
import type { SecretBox } from '../options.ts'
import type { DestinationRow } from '../store/queries/replays.ts'
import type { NewDestination } from '../store/replay-writes.ts'
import { adviceOf, verdictOf } from './answer.ts'
import { baseUrlOf, hostOf } from './destination-url.ts'
import { Exchange } from './exchange.ts'
import type { Target } from './exchange.ts'
import type { ReplayReader, ReplayWriter } from './replay-store.ts'

export interface DestinationParts {
  reader: Pick<ReplayReader, 'destination' | 'destinations'>
  writer: Pick<ReplayWriter, 'createDestination' | 'updateDestination' | 'removeDestination'>
  secretBox: SecretBox
  /** Epoch milliseconds. */
  now(): number
}

/** A change of a destination: what is undefined stays as it is, an empty secret is taken away. */
export type DestinationChange = { [K in keyof DestinationInput]?: DestinationInput[K] | undefined }

const testTimeoutMs = 10_000
const headerName = /^[!#$%&'*+.^_`|~0-9a-z-]+$/i
/** A value with a line break would be a header of its own. */
const headerValue = /^[\t\x20-\x7e\x80-\xff]*$/
/** What every request says for itself. */
const ownHeaders = new Set([
  'host',
  'connection',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  'te',
  'trailer',
  'expect',
  'content-length',
  'content-type',
  'content-encoding',
])

/** Where captured events may be sent on to. Secrets go in, are sealed, and leave only in requests to their own host. */
export class Destinations {
  readonly #parts: DestinationParts

  constructor(parts: DestinationParts) {
    this.#parts = parts
  }

  async list(): Promise<Destination[]> {
    return (await this.#parts.reader.destinations(null)).map(destinationOf)
  }

  /** Raises NOT_FOUND. */
  async get(id: number): Promise<Destination> {
    return destinationOf(await this.#parts.reader.destination({ id }))
  }

  /** Raises DESTINATION_URL, INPUT_INVALID. */
  async create(input: DestinationInput): Promise<Destination> {
    const id = await this.#parts.writer.createDestination({
      name: input.name,
      url: baseUrlOf(input.url),
      production: input.production ? 1 : 0,
      auth: input.auth,
      mode: input.mode,
      events_per_second: input.eventsPerSecond,
      concurrency: input.concurrency,
      created_at: this.#parts.now(),
      write_key: await this.seal(input.writeKey),
      secret: await this.seal(checkedSecret(input.secret)),
      ...(await this.#sealHeaders(input.headers ?? {})),
    })
    return this.get(id)
  }

  /** Raises NOT_FOUND, DESTINATION_URL, INPUT_INVALID. */
  async update(id: number, input: DestinationChange): Promise<Destination> {
    await this.get(id)
    const change: Partial<NewDestination> = {}
    if (input.name !== undefined) change.name = input.name
    if (input.url !== undefined) change.url = baseUrlOf(input.url)
    if (input.production !== undefined) change.production = input.production ? 1 : 0
    if (input.auth !== undefined) change.auth = input.auth
    if (input.mode !== undefined) change.mode = input.mode
    if (input.eventsPerSecond !== undefined) change.events_per_second = input.eventsPerSecond
    if (input.concurrency !== undefined) change.concurrency = input.concurrency
    if (input.writeKey !== undefined) change.write_key = await this.seal(input.writeKey)
    if (input.secret !== undefined) change.secret = await this.seal(checkedSecret(input.secret))
    if (input.headers !== undefined) Object.assign(change, await this.#sealHeaders(input.headers))
    await this.#parts.writer.updateDestination({ id, change })
    return this.get(id)
  }

  /** Raises NOT_FOUND, DESTINATION_IN_USE. */
  async remove(id: number): Promise<void> {
    await this.#parts.writer.removeDestination({ id })
  }

  /**
   * Sends one track call of Trackside's own, "Connection Tested", by an anonymous nobody, with all integrations off:
   * the service takes it and passes it on to no tool behind it. One attempt, 10 s.
   */
  async test(id: number): Promise<{ ok: boolean; status: number | null; message: string; ms: number }> {
    const target = await this.target(await this.#parts.reader.destination({ id }), null)
    const exchange = new Exchange(target, testTimeoutMs)
    const startedAt = performance.now()
    try {
      const text = JSON.stringify({
        type: 'track',
        event: 'Connection Tested',
        messageId: randomUUID(),
        anonymousId: 'trackside-connection-test',
        properties: {},
        context: { library: { name: 'trackside' } },
        integrations: { All: false },
      })
      const open = Buffer.from(text.slice(0, -1))
      const call = { type: 'track', open, stamp: 'timestamp and sentAt' } as const
      const reply = await exchange.post([call], this.#parts.now())
      const ms = Math.round(performance.now() - startedAt)
      if (reply.kind === 'none') {
        return { ok: false, status: null, message: `It could not be reached: ${reply.message}.`, ms }
      }
      const ok = verdictOf(reply.status) === 'sent'
      const said = reply.body === '' ? '' : `: ${reply.body}`
      const advice =
        verdictOf(reply.status) === 'trouble' ? ` ${adviceOf(reply.status, reply.location)}.` : ''
      return { ok, status: reply.status, message: `It answered ${reply.status}${said}.${advice}`, ms }
    } finally {
      await exchange.close()
    }
  }

  /** Where to send, secrets opened: never to be logged or passed on. `writeKey` takes the place of its own. */
  async target(row: DestinationRow, writeKey: Uint8Array | null): Promise<Target> {
    const key = await this.#open(row, writeKey ?? row.write_key)
    const secret = await this.#open(row, row.secret)
    const extra = await this.#open(row, row.headers)
    const headers = extra === null ? {} : (JSON.parse(extra) as Record<string, string>)
    const authorization = authorizationOf(row.auth, key, secret)
    if (authorization !== null) headers['authorization'] = authorization
    return {
      url: row.url,
      headers,
      // With Basic the key is the user name; else a service finds it in the body, or not at all.
      bodyWriteKey: row.auth === 'basic' ? null : key,
      mode: row.mode,
      concurrency: row.concurrency,
      secrets: [
        key,
        secret,
        authorization,
        authorization?.split(' ')[1] ?? null,
        ...Object.values(headers),
      ].filter((value) => value !== null),
    }
  }

  /** Null for no secret or an empty one. */
  async seal(secret: string | undefined): Promise<Uint8Array | null> {
    return secret === undefined || secret === '' ? null : this.#parts.secretBox.encrypt(secret)
  }

  async #sealHeaders(
    headers: Record<string, string>,
  ): Promise<Pick<NewDestination, 'header_names' | 'headers'>> {
    for (const [name, value] of Object.entries(headers)) {
      if (!headerName.test(name) || ownHeaders.has(name.toLowerCase())) {
        throw new TracksideError('INPUT_INVALID', { detail: `headers: ${name} can’t be set` })
      }
      if (!headerValue.test(value)) {
        throw new TracksideError('INPUT_INVALID', {
          detail: `headers: the value of ${name} is no header value`,
        })
      }
    }
    const names = Object.keys(headers)
    const lowerCased = names.map((name) => [name.toLowerCase(), headers[name]])
    return {
      header_names: JSON.stringify(names),
      headers: names.length === 0 ? null : await this.seal(JSON.stringify(Object.fromEntries(lowerCased))),
    }
  }

  async #open({ name }: DestinationRow, sealed: Uint8Array | null): Promise<string | null> {
    if (sealed === null) return null
    try {
      return await this.#parts.secretBox.decrypt(sealed)
    } catch (error) {
      const detail = `the secrets of ${name} can’t be opened on this machine; enter them again`
      throw new TracksideError('INTERNAL', { detail }, { cause: error })
    }
  }
}

function checkedSecret(secret: string | undefined): string | undefined {
  if (secret !== undefined && !headerValue.test(secret)) {
    throw new TracksideError('INPUT_INVALID', { detail: 'secret: it can’t stand in a header' })
  }
  return secret
}

/** `header`: the secret is the whole value of Authorization, for schemes beside Basic and Bearer. */
function authorizationOf(
  auth: DestinationRow['auth'],
  key: string | null,
  secret: string | null,
): string | null {
  switch (auth) {
    case 'basic':
      return key === null ? null : `Basic ${Buffer.from(`${key}:${secret ?? ''}`).toString('base64')}`
    case 'bearer':
      return secret === null ? null : `Bearer ${secret}`
    case 'header':
      return secret
    case 'none':
      return null
  }
}

export function destinationOf(row: DestinationRow): Destination {
  return {
    id: row.id,
    name: row.name,
    url: row.url,
    host: hostOf(row.url),
    production: row.production === 1,
    auth: row.auth,
    hasWriteKey: row.write_key !== null,
    hasSecret: row.secret !== null,
    headerNames: JSON.parse(row.header_names) as string[],
    mode: row.mode,
    eventsPerSecond: row.events_per_second,
    concurrency: row.concurrency,
    createdAt: new Date(row.created_at).toISOString(),
  }
}
