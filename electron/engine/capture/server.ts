import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { TracksideError } from '../../../shared/contract/errors.ts'
import { answerScript, browserBundle, browserScript } from './browser-script.ts'
import { allowOrigin, answerPreflight } from './cors.ts'
import { bodyLimit, rejectedBodyLimit } from './decode.ts'
import type { Answer, RawRequest } from './raw-request.ts'
import { knownPaths, routeOf } from './routes.ts'
import { settingsBody } from './settings.ts'

export interface CaptureOptions {
  /** Commits the request and tells what its sender is to hear. */
  append(request: RawRequest): Promise<Answer>
  /** Epoch milliseconds. */
  now(): number
}

const success = Buffer.from('{"success":true}')
/** Ruby and Python reuse a socket after a minute of silence. */
const keepAliveMs = 75_000
/** How long, and how far, a body over the limit is still read, so that its sender can hear why it was refused. */
const drainMs = 5_000
const drainBytes = 64 * 1024 * 1024

/** The server that SDKs talk to. It reads nothing back to anybody. */
export function createCaptureServer(options: CaptureOptions): Server {
  const server = createServer(
    { keepAliveTimeout: keepAliveMs, maxHeaderSize: 64 * 1024 },
    (request, response) => {
      handle(request, response, options).catch((error: unknown) => {
        if (!response.headersSent) answerError(response, asCaptureError(error))
        else response.destroy()
      })
    },
  )
  server.on('clientError', (_error, socket) => {
    if (socket.writable)
      socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
    else socket.destroy()
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
    case 'settings':
      if (request.method !== 'GET') throw wrongMethod(request, path, 'GET')
      answerJson(response, 200, settingsBody(route.writeKey, request.headers.host ?? 'localhost'))
      return
    case 'script':
    case 'bundle':
      if (request.method !== 'GET' && request.method !== 'HEAD') throw wrongMethod(request, path, 'GET, HEAD')
      answerScript(
        request,
        response,
        await (route.kind === 'script' ? browserScript(route.writeKey) : browserBundle(route.file)),
      )
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
