import { createServer } from 'node:http'
import type { IncomingHttpHeaders, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'
import type { JsonObject } from '../../../shared/event.ts'

export interface SinkRequest {
  path: string
  headers: IncomingHttpHeaders
  isGzip: boolean
  body: JsonObject
  calls: JsonObject[]
}

export interface SinkAnswer {
  status?: number
  headers?: Record<string, string>
  body?: string
  /** Never answers, or hangs up without a word; `taken` says that the calls count as received all the same. */
  instead?: 'hang' | 'reset'
  taken?: boolean
  afterMs?: number
}

type Behaviour = (request: SinkRequest, number: number) => SinkAnswer

/** A destination on this machine that does what it is told, and remembers what it was sent. */
export interface Sink {
  url: string
  requests: SinkRequest[]
  /** Calls that were acknowledged, in the order of their acknowledgement. */
  accepted: JsonObject[]
  /** How often two requests with events of one user were under way at a time. */
  races: number
  behave(behaviour: Behaviour): void
  close(): Promise<void>
}

export const accept: Behaviour = () => ({})

function answer(response: ServerResponse, { status = 200, headers = {}, body, instead }: SinkAnswer): void {
  if (instead === 'hang') return
  if (instead === 'reset') {
    response.destroy()
    return
  }
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(body ?? '{"success":true}')
}

export async function startSink(): Promise<Sink> {
  let behaviour = accept
  const underWay = new Map<string, number>()
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('error', () => undefined)
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const raw = Buffer.concat(chunks)
      const isGzip = request.headers['content-encoding'] === 'gzip'
      const body = JSON.parse((isGzip ? gunzipSync(raw) : raw).toString('utf8')) as JsonObject
      const calls = Array.isArray(body['batch']) ? (body['batch'] as JsonObject[]) : [body]
      const seen = { path: request.url ?? '', headers: request.headers, isGzip, body, calls }
      sink.requests.push(seen)
      const users = new Set(calls.map((call) => String(call['userId'] ?? call['anonymousId'])))
      for (const user of users) {
        const count = (underWay.get(user) ?? 0) + 1
        underWay.set(user, count)
        if (count > 1) sink.races += 1
      }
      response.on('close', () => {
        for (const user of users) underWay.set(user, (underWay.get(user) ?? 1) - 1)
      })
      const reply = behaviour(seen, sink.requests.length)
      const isTaken = reply.taken ?? (reply.instead === undefined && (reply.status ?? 200) < 300)
      const finish = (): void => {
        if (isTaken) sink.accepted.push(...calls)
        answer(response, reply)
      }
      if (reply.afterMs === undefined) finish()
      else setTimeout(finish, reply.afterMs)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const sink: Sink = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests: [],
    accepted: [],
    races: 0,
    behave: (next) => {
      behaviour = next
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return sink
}
