import { X509Certificate } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { TracksideError } from '../../../shared/contract/errors.ts'
import type { JsonObject } from '../../../shared/event.ts'
import { pathOf } from '../request-path.ts'
import { journyCallsRemaining, journyMeta } from './journy.ts'
import { pixelImage } from './pixel.ts'
import type { Answer } from './raw-request.ts'
import { routeOf } from './routes.ts'

/** When a call that could not be taken is worth another try. */
const retryAfterSeconds = 1
/** A text, as all answers: bytes would go out before the `100 Continue` of a request that came behind another one. */
const success = '{"success":true}'

export function answer(response: ServerResponse, { status, ...failure }: Answer): void {
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
  const { kind } = routeOf(pathOf(request.url))
  return kind.startsWith('journy') ? journyMeta(status) : {}
}

export function answerJourny(response: ServerResponse, body: JsonObject): void {
  response.setHeader('X-RateLimit-Remaining', journyCallsRemaining)
  answerJson(response, 200, { success: true, ...body, ...journyMeta(200) })
}

export function answerPixel(response: ServerResponse): void {
  response.writeHead(200, {
    'Content-Type': 'image/gif',
    'Content-Length': pixelImage.length,
    'Cache-Control': 'no-store',
  })
  response.end(pixelImage)
}

export function answerError(response: ServerResponse, error: TracksideError): void {
  if (error.status === 405) response.setHeader('Allow', String(error.data['allowed']))
  if (error.status === 503) response.setHeader('Retry-After', retryAfterSeconds)
  answer(response, { status: error.status, code: error.code, message: error.message })
}

/** Public: it lets others trust this machine, and signs nothing. A phone opens the DER form and offers to install it. */
export function answerAuthority(response: ServerResponse, pem: string | null, form: 'pem' | 'der'): void {
  if (pem === null) throw new TracksideError('HTTPS_OFF')
  const bytes = form === 'pem' ? Buffer.from(pem) : new X509Certificate(pem).raw
  response.writeHead(200, {
    'Content-Type': form === 'pem' ? 'application/x-pem-file' : 'application/x-x509-ca-cert',
    'Content-Length': bytes.length,
    'Cache-Control': 'no-store',
  })
  response.end(bytes)
}

export function answerJson(response: ServerResponse, status: number, body: unknown): void {
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
