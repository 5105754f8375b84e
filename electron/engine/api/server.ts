import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { OpenAPIGenerator } from '@orpc/openapi'
import { OpenAPIHandler } from '@orpc/openapi/node'
import { ORPCError } from '@orpc/server'
import { RPCHandler } from '@orpc/server/ws'
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4'
import { WebSocketServer } from 'ws'
import { contract } from '../../../shared/contract/contract.ts'
import { TracksideError } from '../../../shared/contract/errors.ts'
import { pathOf } from '../request-path.ts'
import { asApiError, asUnreadable } from './errors.ts'
import type { Guard } from './guard.ts'
import { refuseLostKey } from './lost-key.ts'
import { servePage } from './page.ts'
import { createRouter } from './router.ts'
import type { Services } from './router.ts'

export interface AppOptions {
  services: Services
  /** Known once the port is: the guard checks the port in `Host`. */
  guard(): Guard
  /** Folder of the built page. */
  page: string
  version: string
}

const restPrefix = '/api/v1'
const socketPath = '/api/ws'
/** Bytes of one message of the page; it sends small questions. */
const messageLimit = 4 * 1024 * 1024
/** A page that reads nothing any more is dropped; it comes back and asks anew. */
const bufferedLimit = 64 * 1024 * 1024
/** RFC 6455, 7.4.1: the endpoint is going down. */
const goingAway = 1001

export interface AppServers {
  /** One for each address of the loopback. */
  make(): Server
  /** Says goodbye to the pages, whose sockets would keep a server from closing. */
  end(): void
}

/** The page, the WebSocket and REST. */
export function createAppServers({ services, guard, page, version }: AppOptions): AppServers {
  const router = createRouter(services)
  const interceptors = [
    async <T>({ next, input }: { next(): Promise<T>; input: unknown }): Promise<T> => {
      try {
        refuseLostKey(input)
        return await next()
      } catch (error) {
        throw asApiError(error)
      }
    },
  ]
  const rest = new OpenAPIHandler(router, {
    clientInterceptors: interceptors,
    interceptors: [
      async ({ next }) => {
        try {
          return await next()
        } catch (error) {
          // What a procedure raises is an ORPCError by now: anything else comes from reading the request.
          throw error instanceof ORPCError ? error : asUnreadable(error)
        }
      },
    ],
  })
  const socket = new RPCHandler(router, { clientInterceptors: interceptors })
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: messageLimit,
    handleProtocols: (protocols) => (protocols.has('trackside') ? 'trackside' : false),
  })
  const openapi = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] })

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    guard().checkAddress(request)
    const path = pathOf(request.url)
    if (!path.startsWith('/api/')) return servePage(page, request, response)
    guard().checkBearer(request)
    if (path === `${restPrefix}/openapi.json`) {
      return answerJson(
        response,
        200,
        await openapi.generate(contract, {
          info: { title: 'Trackside', version },
          servers: [{ url: restPrefix }],
          security: [{ token: [] }],
          components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
        }),
      )
    }
    const { matched } = await rest.handle(request, response, { prefix: restPrefix })
    if (!matched) throw new TracksideError('API_UNKNOWN', { method: request.method ?? '', path })
  }

  function upgrade(request: IncomingMessage, duplex: Duplex, head: Buffer): void {
    try {
      guard().checkAddress(request)
      if (pathOf(request.url) !== socketPath) {
        throw new TracksideError('API_UNKNOWN', { method: 'WebSocket', path: request.url ?? '' })
      }
      guard().checkSubprotocol(request)
    } catch (error) {
      const { status, message } = asApiError(error)
      const body = Buffer.from(message)
      duplex.end(
        `HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\n` +
          `Content-Length: ${body.length}\r\n\r\n${message}`,
      )
      return
    }
    sockets.handleUpgrade(request, duplex, head, (connection) => {
      const watch = setInterval(() => {
        if (connection.bufferedAmount > bufferedLimit) connection.terminate()
      }, 1000)
      connection.on('close', () => clearInterval(watch))
      connection.on('error', () => connection.terminate())
      void socket.upgrade(connection, { context: {} })
    })
  }

  return {
    make() {
      const server = createServer((request, response) => {
        handle(request, response).catch((error: unknown) => {
          const { code, status, message, data } = asApiError(error)
          if (response.headersSent) response.destroy()
          else answerJson(response, status, { code, message, data })
        })
      })
      server.on('upgrade', upgrade)
      return server
    },
    end() {
      for (const connection of sockets.clients) connection.close(goingAway)
    },
  }
}

function answerJson(response: ServerResponse, status: number, body: unknown): void {
  const bytes = Buffer.from(JSON.stringify(body))
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': bytes.length,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    ...(status === 401 ? { 'WWW-Authenticate': 'Bearer' } : {}),
  })
  response.end(bytes)
}
