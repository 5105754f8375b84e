import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { TracksideError } from '../../../shared/contract/errors.ts'
import type { JsonObject } from '../../../shared/event.ts'
import { allowOrigin, answerPreflight } from './cors.ts'
import type { Backlog } from './backlog.ts'
import type { Answer, RawRequest } from './raw-request.ts'
import { journyCallsRemaining, journyMeta, journyPermissions, journySnippet } from './journy.ts'
import { headerLimit, malformedAnswer } from './malformed.ts'
import { pixelBody, pixelImage } from './pixel.ts'
import { readBody } from './request-body.ts'
import type { RequestBody } from './request-body.ts'
import { knownPaths, routeOf } from './routes.ts'
import { sourceConfigBody } from './rudderstack.ts'
import { settingsBody } from './settings.ts'
import { tokenBody } from './token.ts'
import { writeKeyOf } from './write-key.ts'

export interface CaptureOptions {
  /** Commits the request and tells what its sender is to hear. */
  append(request: RawRequest): Promise<Answer>
  /** Epoch milliseconds. */
  now(): number
  /** What may wait: shared by the servers of one engine. */
  backlog: Backlog
  patience?: Patience
}

/** When a call that could not be taken is worth another try. */
const retryAfterSeconds = 1
/** A text, as all answers: bytes would go out before the `100 Continue` of a request that came behind another one. */
const success = '{"success":true}'
/** How long a connection may be silent or slow, in milliseconds. */
export interface Patience {
  /** Between two requests. */
  keepAliveMs: number
  /** From the opening of a connection, or the beginning of a request, to the end of its headers. */
  headersMs: number
  /** To the end of its body. */
  requestMs: number
  /** How often it is looked at who is too slow. */
  checkingMs: number
}

export const usualPatience: Patience = {
  // Ruby and Python reuse a socket after a minute of silence.
  keepAliveMs: 75_000,
  // Headers come in a packet or two: who needs longer holds a socket, and has no call.
  headersMs: 15_000,
  // The largest body takes forty seconds over a megabit a second.
  requestMs: 60_000,
  // Node's own half a minute would let them stay twice as long as said.
  checkingMs: 2_000,
}

/** The answer that a connection has last been promised, and the one before where that was not out yet. */
type Promised = { response: ServerResponse; before: ServerResponse | null }

/** The server that SDKs talk to. It reads nothing back to anybody. */
export function createCaptureServer(options: CaptureOptions): Server {
  const patience = options.patience ?? usualPatience
  const promised = new WeakMap<Duplex, Promised>()
  const serve = (request: IncomingMessage, response: ServerResponse): void => {
    const before = promised.get(request.socket)?.response
    promised.set(request.socket, { response, before: before?.writableFinished === false ? before : null })
    handle(request, response, options).catch((error: unknown) => {
      if (!response.headersSent) answerError(response, asCaptureError(error))
      else response.destroy()
    })
  }
  const server = createServer(
    {
      keepAliveTimeout: patience.keepAliveMs,
      headersTimeout: patience.headersMs,
      requestTimeout: patience.requestMs,
      connectionsCheckingInterval: patience.checkingMs,
      maxHeaderSize: headerLimit,
      // Hand-written senders forget it, and nothing here depends on it.
      requireHostHeader: false,
    },
    serve,
  )
  // A sender who closes its side after the last byte still listens. Node's types leave this switch out.
  Object.assign(server, { httpAllowHalfOpen: true })
  // Whatever is expected besides 100-continue: Node would refuse it with an empty body.
  server.on('checkExpectation', serve)
  const refused = new WeakSet<Duplex>()
  server.on('clientError', (error, socket) => {
    // Every further packet of it is an error again.
    if (refused.has(socket)) return
    refused.add(socket)
    const last = promised.get(socket)
    // What can't be read may follow a call that is being committed: its sender is to hear of that first.
    const due = last?.response.req.complete === true ? last.response : last?.before
    const refuse = (): void => {
      if (socket.writable) socket.end(malformedAnswer(error))
      else socket.destroy()
    }
    if (due === undefined || due === null || due.writableFinished || due.destroyed) refuse()
    else due.once('close', refuse)
  })
  return server
}

function asCaptureError(error: unknown): TracksideError {
  if (error instanceof TracksideError) return error
  return new TracksideError('LOG_UNWRITABLE', {
    detail: error instanceof Error ? error.message : String(error),
  })
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  options: CaptureOptions,
): Promise<void> {
  allowOrigin(request, response)
  if (request.method === 'OPTIONS') {
    answerPreflight(request, response)
    return
  }
  const url = request.url ?? '/'
  const path = url.split('?', 1)[0] ?? '/'
  const route = routeOf(path)
  switch (route.kind) {
    case 'call':
    case 'batch':
      if (request.method !== 'POST') throw wrongMethod(request, path, 'POST')
      answer(response, await capture(request, url, route.kind === 'call' ? route.type : null, options))
      return
    case 'journy': {
      if (request.method !== 'POST') throw wrongMethod(request, path, 'POST')
      const outcome = await capture(request, url, route.type, options)
      if (outcome.status === 200) answerJourny(response, {})
      else answer(response, outcome)
      return
    }
    case 'pixel': {
      if (request.method !== 'GET') throw wrongMethod(request, path, 'GET')
      request.resume()
      const body = pixelBody(url)
      // An image is shown or not: of what is wrong with its call, only the log can tell.
      await capture(request, url, route.type, options, { body, bodyBytes: body.length, isTooLarge: false })
      answerPixel(response)
      return
    }
    case 'settings':
      if (request.method !== 'GET') throw wrongMethod(request, path, 'GET')
      answerJson(response, 200, settingsBody(route.writeKey, hostOf(request)))
      return
    case 'source-config':
      if (request.method !== 'GET') throw wrongMethod(request, path, 'GET')
      answerJson(response, 200, sourceConfigBody(keyOf(request), new Date(options.now()).toISOString()))
      return
    case 'cluster-info':
      if (request.method !== 'GET') throw wrongMethod(request, path, 'GET')
      answerJson(response, 200, { nodeCount: 1 })
      return
    case 'journy-validate':
      if (request.method !== 'GET') throw wrongMethod(request, path, 'GET')
      answerJourny(response, { data: { permissions: journyPermissions } })
      return
    case 'journy-snippet': {
      if (request.method !== 'GET') throw wrongMethod(request, path, 'GET')
      const domain = new URLSearchParams(url.slice(path.length)).get('domain') ?? ''
      const snippet = journySnippet(keyOf(request), hostOf(request))
      answerJourny(response, { data: { domain, snippet } })
      return
    }
    case 'token':
      if (request.method !== 'POST') throw wrongMethod(request, path, 'POST')
      request.resume()
      response.setHeader('Cache-Control', 'no-store')
      answerJson(response, 200, tokenBody())
      return
    case 'metrics':
      // The SDK's report about itself: no call of the developer's, so it is answered and forgotten.
      request.resume()
      answer(response, { status: 200 })
      return
    case 'posthog':
      request.resume()
      throw new TracksideError('POSTHOG_UNSUPPORTED')
    case 'unknown':
      request.resume()
      throw new TracksideError('PATH_UNKNOWN', { path: path.slice(0, 200), known: knownPaths })
  }
}

/** As the sender knows it: an emulator or a phone has another address for this machine. */
function hostOf(request: IncomingMessage): string {
  return request.headers.host ?? 'localhost'
}

function keyOf(request: IncomingMessage): string {
  return writeKeyOf(request.rawHeaders, request.url ?? '', null) ?? ''
}

function wrongMethod(request: IncomingMessage, path: string, allowed: string): TracksideError {
  request.resume()
  return new TracksideError('METHOD_NOT_ALLOWED', { path, method: request.method ?? '', allowed })
}

async function capture(
  request: IncomingMessage,
  url: string,
  pathType: RawRequest['pathType'],
  options: CaptureOptions,
  known?: RequestBody,
): Promise<Answer> {
  const { backlog, append, now } = options
  const body = known ?? (await readBody(request, backlog))
  const receivedAt = now()
  return backlog.admit(body.body.length, () =>
    append({
      receivedAt,
      expiresAt: receivedAt + backlog.commitMs,
      method: request.method ?? 'POST',
      url,
      headers: request.rawHeaders,
      remoteAddress: request.socket.remoteAddress ?? null,
      pathType,
      ...body,
    }),
  )
}

function answer(response: ServerResponse, { status, ...failure }: Answer): void {
  if (status === 200) {
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': success.length })
    response.end(success)
    return
  }
  const { code, message } = { code: 'INTERNAL', message: '', ...failure }
  const body = { success: false, code, message, error: message, ...metaOf(response.req, status) }
  if ((status === 413 || status === 503) && !response.req.complete) answerEarly(response, status, body)
  else answerJson(response, status, body)
}

/** A refusal by one of journy.io's paths, whose SDK can't read it otherwise. */
function metaOf(request: IncomingMessage, status: number): JsonObject {
  const { kind } = routeOf(request.url?.split('?', 1)[0] ?? '/')
  return kind.startsWith('journy') ? journyMeta(status) : {}
}

function answerJourny(response: ServerResponse, body: JsonObject): void {
  response.setHeader('X-RateLimit-Remaining', journyCallsRemaining)
  answerJson(response, 200, { success: true, ...body, ...journyMeta(200) })
}

function answerPixel(response: ServerResponse): void {
  response.writeHead(200, {
    'Content-Type': 'image/gif',
    'Content-Length': pixelImage.length,
    'Cache-Control': 'no-store',
  })
  response.end(pixelImage)
}

function answerError(response: ServerResponse, error: TracksideError): void {
  if (error.status === 405) response.setHeader('Allow', String(error.data['allowed']))
  if (error.status === 503) response.setHeader('Retry-After', retryAfterSeconds)
  answer(response, { status: error.status, code: error.code, message: error.message })
}

function answerJson(response: ServerResponse, status: number, body: unknown): void {
  response.end(writeJsonHead(response, status, body))
}

/**
 * Answers a sender who is still busy with its body. To end the response is to close the connection under it, and what
 * it has not read by then is lost: it has the whole answer at once, and the end when its body has ended.
 */
function answerEarly(response: ServerResponse, status: number, body: unknown): void {
  response.setHeader('Connection', 'close')
  response.write(writeJsonHead(response, status, body))
  response.req.once('close', () => response.end())
}

function writeJsonHead(response: ServerResponse, status: number, body: unknown): string {
  const text = JSON.stringify(body)
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(text),
  })
  return text
}
