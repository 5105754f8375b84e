import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import { WebSocket } from 'ws'
import { startEngine } from '../../electron/engine/engine.ts'
import type { EngineAddress, EngineOptions } from '../../electron/engine/options.ts'
import type { contract } from '../../shared/contract/contract.ts'
import { TracksideError } from '../../shared/contract/errors.ts'
import type { Status } from '../../shared/contract/schemas.ts'
import type { JsonObject, TracksideEvent } from '../../shared/event.ts'

/** How the API says no. */
export interface Refusal {
  status: number
  code: string
  message: string
  data: JsonObject
}

/** An engine in this process. */
export interface ServedEngine {
  address: EngineAddress
  data: string
  /** The JSON of an answer of the API; throws what it says instead of 2xx. */
  api<T>(method: string, path: string, body?: unknown): Promise<T>
  get<T>(path: string): Promise<T>
  /** What the API says no with; throws where it does not. */
  refusal(method: string, path: string, body?: unknown): Promise<Refusal>
  /** Any path of the app's port, with the token. */
  fetch(path: string, init?: RequestInit): Promise<Response>
  /** Sends the calls as one batch, and waits until they are analysed. */
  capture(calls: readonly JsonObject[], writeKey?: string): Promise<void>
  /** Waits until all that has arrived is analysed. */
  analysed(): Promise<Status>
  /** All pages of a list, one after the other: the rows under `key`. */
  walk<Row>(path: string, key: string, limit?: number): Promise<Row[]>
  /** All events that match, in the order of the log. */
  events(query?: string): Promise<TracksideEvent[]>
  /** Stops it; its data directory stays. */
  close(): Promise<void>
  /** Stops it, and takes its data directory away. */
  stop(): Promise<void>
}

export function temporaryDirectory(): string {
  return mkdtempSync(join(tmpdir(), 'trackside-served-'))
}

/** Free ports, the loopback, no page. */
export function engineOptions(data: string): EngineOptions {
  return { port: 0, appPort: 0, host: '127.0.0.1', data, page: join(data, 'page'), hostKind: 'browser' }
}

export async function serveEngine(options: Partial<EngineOptions> = {}): Promise<ServedEngine> {
  const data = options.data ?? temporaryDirectory()
  const engine = await startEngine({ ...engineOptions(data), ...options })
  return {
    ...clientOf(engine.address),
    data,
    close: () => engine.stop(),
    stop: async () => {
      await engine.stop()
      rmSync(data, { recursive: true, force: true })
    },
  }
}

/** What a start that can't succeed says; throws where it succeeds, or fails without a word of the catalogue. */
export async function refusedStart(options: EngineOptions): Promise<TracksideError> {
  const outcome: unknown = await startEngine(options).catch((error: unknown) => error)
  if (outcome instanceof TracksideError) return outcome
  throw outcome instanceof Error ? outcome : new Error('it has started')
}

/** What can be asked of an engine, whichever process it runs in. */
export function clientOf(address: EngineAddress): Omit<ServedEngine, 'data' | 'close' | 'stop'> {
  const request = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(address.app + path, {
      ...init,
      headers: { authorization: `Bearer ${address.token}`, ...init.headers },
    })
  const ask = (method: string, path: string, body: unknown): Promise<Response> =>
    request(`/api/v1${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    })

  async function api<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await ask(method, path, body)
    const value = (await answer.json()) as T
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(value)}`)
    return value
  }
  const get = <T>(path: string): Promise<T> => api<T>('GET', path)

  async function analysed(): Promise<Status> {
    for (;;) {
      const status = await get<Status>('/status')
      if (status.analysedUpTo >= status.lastEventId) return status
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }

  async function walk<Row>(path: string, key: string, limit = 500): Promise<Row[]> {
    const rows: Row[] = []
    let cursor: unknown = ''
    do {
      const page: JsonObject = await get(
        `${path}${path.includes('?') ? '&' : '?'}limit=${limit}&cursor=${String(cursor)}`,
      )
      const found = page[key] as Row[]
      if (found.length > limit) throw new Error(`${found.length} rows on a page of ${limit}`)
      rows.push(...found)
      cursor = page['nextCursor']
    } while (cursor !== null)
    return rows
  }

  return {
    address,
    api,
    get,
    fetch: request,
    analysed,
    async refusal(method, path, body) {
      const answer = await ask(method, path, body)
      if (answer.ok) throw new Error(`${method} ${path} was granted: ${await answer.text()}`)
      const { code, message, data } = (await answer.json()) as Refusal
      return { status: answer.status, code, message, data }
    },
    async capture(calls, writeKey = 'web') {
      const captured = await fetch(`${address.capture}/v1/batch`, {
        method: 'POST',
        body: JSON.stringify({ writeKey, batch: calls }),
      })
      if (captured.status !== 200)
        throw new Error(`captured with ${captured.status}: ${await captured.text()}`)
      await analysed()
    },
    walk,
    events: (query = '') =>
      walk<TracksideEvent>(`/events?order=asc&query=${encodeURIComponent(query)}`, 'events'),
  }
}

export type Client = ContractRouterClient<typeof contract>

/** The contract over a WebSocket, as the page speaks it. Throws where the socket is refused. */
export async function openClient(
  { app, token }: EngineAddress,
  options: { protocols?: string[]; origin?: string } = {},
): Promise<{ client: Client; socket: WebSocket }> {
  const { protocols = ['trackside', `token.${token}`], origin } = options
  const socket = new WebSocket(`${app.replace(/^http/, 'ws')}/api/ws`, protocols, {
    ...(origin === undefined ? {} : { origin }),
  })
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  return {
    client: createORPCClient(new RPCLink({ websocket: socket as unknown as globalThis.WebSocket })),
    socket,
  }
}
