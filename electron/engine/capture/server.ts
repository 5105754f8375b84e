import { X509Certificate } from 'node:crypto'
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerOptions, ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { Server as SecureServer } from 'node:https'
import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { TracksideError } from '../../../shared/contract/errors.ts'
import { allowOrigin, answerPreflight } from './cors.ts'
import { bodyLimit, rejectedBodyLimit } from './decode.ts'
import { beginsHandshake, distrustOf, turnAwayPlainHttp } from './https/broken-handshake.ts'
import type { BrokenHandshake } from './https/broken-handshake.ts'
import type { Answer, RawRequest } from './raw-request.ts'
import { knownPaths, routeOf } from './routes.ts'
import { settingsBody } from './settings.ts'

export interface CaptureOptions {
  /** Commits the request and tells what its sender is to hear. */
  append(request: RawRequest): Promise<Answer>
  /** The certificate to trust, as a PEM file; null while capture does not speak https. */
  authorityPem(): string | null
  /** Somebody wanted to talk and could not: nothing of it reaches the log. */
  onBrokenHandshake?(broken: BrokenHandshake): void
  /** Epoch milliseconds. */
  now(): number
}

/** What a server shows and signs with, both as PEM. */
export interface ServerIdentity {
  cert: string
  key: string
}

const success = Buffer.from('{"success":true}')
/** Ruby and Python reuse a socket after a minute of silence. */
const keepAliveMs = 75_000
/** How long, and how far, a body over the limit is still read, so that its sender can hear why it was refused. */
const drainMs = 5_000
const drainBytes = 64 * 1024 * 1024

const serverOptions: ServerOptions = { keepAliveTimeout: keepAliveMs, maxHeaderSize: 64 * 1024 }

/** The server that SDKs talk to. It reads nothing back to anybody. */
export function createCaptureServer(options: CaptureOptions): Server {
  const server = createServer(serverOptions, listener(options))
  server.on('clientError', (error: ClientError, socket: Socket) => {
    if (beginsHandshake(error.rawPacket)) {
      options.onBrokenHandshake?.({ kind: 'tls', remoteAddress: socket.remoteAddress ?? null, detail: null })
    }
    answerBadRequest(socket)
  })
  return server
}

/** The same over https. Plain http on its port is told so. */
export function createSecureCaptureServer(options: CaptureOptions, identity: ServerIdentity): SecureServer {
  const server = createSecureServer({ ...serverOptions, ...identity }, listener(options))
  server.on('clientError', (_error, socket: Socket) => answerBadRequest(socket))
  server.on('tlsClientError', (error, socket) => {
    const detail = distrustOf(error)
    if (detail === null) return
    options.onBrokenHandshake?.({ kind: 'untrusted', remoteAddress: socket.remoteAddress ?? null, detail })
  })
  turnAwayPlainHttp(server, (remoteAddress) =>
    options.onBrokenHandshake?.({ kind: 'plain', remoteAddress, detail: null }),
  )
  return server
}

interface ClientError extends Error {
  /** What the parser stumbled over. */
  rawPacket?: Uint8Array
}

/** Where the sender speaks TLS this reads as "wrong version number", which is what one looks for in that case. */
function answerBadRequest(socket: Socket): void {
  if (socket.writable)
    socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
  else socket.destroy()
}

function listener(options: CaptureOptions) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    handle(request, response, options).catch((error: unknown) => {
      if (!response.headersSent) answerError(response, asCaptureError(error))
      else response.destroy()
    })
  }
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
    case 'settings':
      if (request.method !== 'GET') throw wrongMethod(request, path, 'GET')
      answerJson(
        response,
        200,
        settingsBody(
          route.writeKey,
          request.headers.host ?? 'localhost',
          request.socket instanceof TLSSocket ? 'https' : 'http',
        ),
      )
      return
    case 'authority':
      if (request.method !== 'GET') throw wrongMethod(request, path, 'GET')
      answerAuthority(response, options.authorityPem(), route.form)
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

function wrongMethod(request: IncomingMessage, path: string, allowed: string): TracksideError {
  request.resume()
  return new TracksideError('METHOD_NOT_ALLOWED', { path, method: request.method ?? '', allowed })
}

async function capture(
  request: IncomingMessage,
  url: string,
  pathType: RawRequest['pathType'],
  options: CaptureOptions,
): Promise<Answer> {
  const body = await readBody(request)
  return options.append({
    receivedAt: options.now(),
    method: request.method ?? 'POST',
    url,
    headers: request.rawHeaders,
    remoteAddress: request.socket.remoteAddress ?? null,
    pathType,
    ...body,
  })
}

type Body = Pick<RawRequest, 'body' | 'bodyBytes' | 'isTooLarge'>

/** Never holds more than the limit; of a body that is larger, its beginning is kept. */
function readBody(request: IncomingMessage): Promise<Body> {
  const announced = Number(request.headers['content-length'] ?? 0)
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = []
    let bytes = 0
    let isTooLarge = false
    const refuse = (size: number): void => {
      isTooLarge = true
      const kept = Buffer.concat(chunks, Math.min(bytes, rejectedBodyLimit))
      chunks = []
      resolve({ body: kept, bodyBytes: size, isTooLarge })
      const timer = setTimeout(() => request.destroy(), drainMs)
      timer.unref()
      request.once('close', () => clearTimeout(timer))
    }
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (isTooLarge) {
        if (bytes > drainBytes) request.destroy()
        return
      }
      chunks.push(chunk)
      if (announced > bodyLimit ? bytes >= rejectedBodyLimit : bytes > bodyLimit)
        refuse(Math.max(announced, bytes))
    })
    request.on('end', () => {
      if (isTooLarge) return
      if (announced > bodyLimit) refuse(bytes)
      else
        resolve({
          body: chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks),
          bodyBytes: bytes,
          isTooLarge,
        })
    })
    request.on('error', reject)
    request.on('close', () => {
      if (!request.complete && !isTooLarge) reject(new Error('The sender hung up before the end of the body'))
    })
  })
}

function answer(response: ServerResponse, { status, ...failure }: Answer): void {
  if (status === 200) {
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': success.length })
    response.end(success)
    return
  }
  const { code, message } = { code: 'INTERNAL', message: '', ...failure }
  const body = { success: false, code, message, error: message }
  if (status === 413 && !response.req.complete) answerEarly(response, status, body)
  else answerJson(response, status, body)
}

function answerError(response: ServerResponse, error: TracksideError): void {
  if (error.status === 405) response.setHeader('Allow', String(error.data['allowed']))
  answer(response, { status: error.status, code: error.code, message: error.message })
}

/** Public: it lets others trust this machine, and signs nothing. A phone opens the DER form and offers to install it. */
function answerAuthority(response: ServerResponse, pem: string | null, form: 'pem' | 'der'): void {
  if (pem === null) throw new TracksideError('HTTPS_OFF')
  const bytes = form === 'pem' ? Buffer.from(pem) : new X509Certificate(pem).raw
  response.writeHead(200, {
    'Content-Type': form === 'pem' ? 'application/x-pem-file' : 'application/x-x509-ca-cert',
    'Content-Length': bytes.length,
    'Cache-Control': 'no-store',
  })
  response.end(bytes)
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

function writeJsonHead(response: ServerResponse, status: number, body: unknown): Buffer {
  const bytes = Buffer.from(JSON.stringify(body))
  response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': bytes.length })
  return bytes
}
