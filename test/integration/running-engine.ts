import { mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { vi } from 'vitest'
import { startEngine } from '../../electron/engine/engine.ts'
import type { Engine, EngineOptions } from '../../electron/engine/options.ts'
import type { CatalogDetail } from '../../shared/contract/catalog.ts'
import type { AccountDetail, EventPage, Status, UserDetail } from '../../shared/contract/schemas.ts'
import type { EventDetail, JsonObject, TracksideEvent } from '../../shared/event.ts'

export type Header = [name: string, value: string]

type StartOptions = Partial<Pick<EngineOptions, 'https' | 'httpsPort' | 'host' | 'config' | 'configFolder'>>

export interface WireRequest {
  method: string
  path: string
  headers?: readonly Header[]
  /** Sent with its length, unless the headers say that it is chunked. */
  body?: string | Uint8Array
}

export interface WireAnswer {
  status: number
  headers: IncomingHttpHeaders
  text: string
}

/** The real engine in this process, on free ports and a data directory of its own. */
export class RunningEngine {
  readonly data: string
  readonly #options: StartOptions
  #engine: Engine
  #calls = 0

  private constructor(data: string, engine: Engine, options: StartOptions) {
    this.data = data
    this.#engine = engine
    this.#options = options
  }

  static async start(options: StartOptions = {}): Promise<RunningEngine> {
    const data = mkdtempSync(join(tmpdir(), 'trackside-engine-'))
    return new RunningEngine(data, await startOn(data, options), options)
  }

  /** Where SDKs send to. */
  get capture(): string {
    return this.#engine.address.capture
  }

  /** Where the page and the API are. */
  get app(): string {
    return this.#engine.address.app
  }

  get token(): string {
    return this.#engine.address.token
  }

  get capturePort(): number {
    return Number(new URL(this.capture).port)
  }

  /** Sends exactly these headers and nothing else, but for `Host` and the body's length where they are absent. */
  send({ method, path, headers = [], body }: WireRequest): Promise<WireAnswer> {
    const sent = [...headers]
    const has = (name: string): boolean => sent.some(([known]) => known.toLowerCase() === name)
    if (!has('host')) sent.unshift(['Host', `127.0.0.1:${this.capturePort}`])
    if (body !== undefined && !has('content-length') && !has('transfer-encoding')) {
      sent.push(['Content-Length', String(Buffer.byteLength(body))])
    }
    return new Promise((resolve, reject) => {
      const outgoing = request(
        { host: '127.0.0.1', port: this.capturePort, method, path, headers: sent.flat(), agent: false },
        (response) => {
          const chunks: Buffer[] = []
          response.on('data', (chunk: Buffer) => chunks.push(chunk))
          response.on('error', reject)
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              text: Buffer.concat(chunks).toString('utf8'),
            }),
          )
        },
      )
      outgoing.on('error', reject)
      outgoing.end(body)
    })
  }

  /** Posts text and bytes as they are, anything else as JSON. */
  post(path: string, body: unknown, headers: readonly Header[] = []): Promise<WireAnswer> {
    const isRaw = typeof body === 'string' || body instanceof Uint8Array
    return this.send({ method: 'POST', path, headers, body: isRaw ? body : JSON.stringify(body) })
  }

  /** Sends one call as its source would, under a messageId of its own, and gives back the event once it is analysed. */
  async call(type: string, fields: JsonObject, source = 'web'): Promise<EventDetail> {
    this.#calls += 1
    const call = { messageId: `call-${this.#calls}`, ...fields }
    const answer = await this.post(`/v1/${type}`, call, [['X-Write-Key', source]])
    if (answer.status !== 200) throw new Error(answer.text)
    return this.latest()
  }

  /** Asks the API as a script does. Throws what it answers when that is an error. */
  async api<T>(path: string, method = 'GET', body?: unknown): Promise<T> {
    const { app, token } = this.#engine.address
    const answer = await fetch(`${app}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const value = (await answer.json()) as T
    if (!answer.ok) throw new Error(`${method} ${path}: ${JSON.stringify(value)}`)
    return value
  }

  /** The status once analysis has seen everything that has arrived. */
  analysed(): Promise<Status> {
    return vi.waitFor(
      async () => {
        const status = await this.api<Status>('/status')
        if (status.analysedUpTo < status.lastEventId)
          throw new Error(`Analysed up to ${status.analysedUpTo} of ${status.lastEventId}`)
        return status
      },
      { timeout: 30_000, interval: 5 },
    )
  }

  /** All events that match, analysed, in the order of the log. */
  async events(query = ''): Promise<TracksideEvent[]> {
    await this.analysed()
    const events: TracksideEvent[] = []
    let cursor: string | null = null
    do {
      const page: EventPage = await this.api(
        `/events?${new URLSearchParams({ query, order: 'asc', limit: '500', ...(cursor && { cursor }) }).toString()}`,
      )
      events.push(...page.events)
      cursor = page.nextCursor
    } while (cursor !== null)
    return events
  }

  /** The event in full, once it is analysed. */
  async event(id: number): Promise<EventDetail> {
    await this.analysed()
    return this.api(`/events/${id}`)
  }

  /** The latest event in full: what a test has just sent. */
  async latest(): Promise<EventDetail> {
    const { lastEventId } = await this.analysed()
    return this.api(`/events/${lastEventId}`)
  }

  user(id: string): Promise<UserDetail> {
    return this.api(`/users/${encodeURIComponent(id)}`)
  }

  account(id: string): Promise<AccountDetail> {
    return this.api(`/accounts/${encodeURIComponent(id)}`)
  }

  name(event: string): Promise<CatalogDetail> {
    return this.api(`/catalog/${encodeURIComponent(event)}`)
  }

  /** Stops the engine and starts it anew on the same data, on other ports; `meanwhile` has the data to itself. */
  async restart(meanwhile: () => unknown = () => undefined): Promise<void> {
    await this.#engine.stop()
    meanwhile()
    this.#engine = await startOn(this.data, this.#options)
  }

  /** Stops the engine and removes its data. */
  async close(): Promise<void> {
    await this.#engine.stop()
    rmSync(this.data, { recursive: true, force: true })
  }
}

function startOn(data: string, options: StartOptions): Promise<Engine> {
  // Nobody asks for the page here, so its folder may be any.
  return startEngine({
    port: 0,
    appPort: 0,
    host: '127.0.0.1',
    data,
    page: data,
    hostKind: 'browser',
    ...options,
  })
}
