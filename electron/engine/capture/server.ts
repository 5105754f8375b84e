import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { TracksideError } from '../../../shared/contract/errors.ts'
import type { JsonObject } from '../../../shared/event.ts'
import { allowOrigin, answerPreflight } from './cors.ts'
import { bodyLimit, rejectedBodyLimit } from './decode.ts'
import type { Answer, RawRequest } from './raw-request.ts'
import { journyCallsRemaining, journyMeta, journyPermissions, journySnippet } from './journy.ts'
import { headerLimit, malformedAnswer } from './malformed.ts'
import { pixelBody, pixelImage } from './pixel.ts'
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
}

const success = Buffer.from('{"success":true}')
/** Ruby and Python reuse a socket after a minute of silence. */
const keepAliveMs = 75_000
/** How long the beginning of a body over the limit is waited for. */
const patienceMs = 1_000
/** How long, and how far, a body over the limit is still read, so that its sender can hear why it was refused. */
const drainMs = 5_000
const drainBytes = 64 * 1024 * 1024

/** The server that SDKs talk to. It reads nothing back to anybody. */
export function createCaptureServer(options: CaptureOptions): Server {
  const server = createServer(
    { keepAliveTimeout: keepAliveMs, maxHeaderSize: headerLimit },
    (request, response) => {
      handle(request, response, options).catch((error: unknown) => {
        if (!response.headersSent) answerError(response, asCaptureError(error))
        else response.destroy()
      })
    },
  )
  server.on('clientError', (error, socket) => {
    if (socket.writable) socket.end(malformedAnswer(error))
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
  known?: Body,
): Promise<Answer> {
  const body = known ?? (await readBody(request))
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
    let patience: NodeJS.Timeout | undefined
    const refuse = (size: number): void => {
      clearTimeout(patience)
      isTooLarge = true
      const kept = Buffer.concat(chunks, Math.min(bytes, rejectedBodyLimit))
      chunks = []
      resolve({ body: kept, bodyBytes: size, isTooLarge })
      const timer = setTimeout(() => request.destroy(), drainMs)
      timer.unref()
      request.once('close', () => clearTimeout(timer))
    }
    // Of what is announced as too large the beginning is kept, as far as it comes soon.
    if (announced > bodyLimit) patience = setTimeout(() => refuse(announced), patienceMs)
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
      clearTimeout(patience)
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
  const body = { success: false, code, message, error: message, ...metaOf(response.req, status) }
  if (status === 413 && !response.req.complete) answerEarly(response, status, body)
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
