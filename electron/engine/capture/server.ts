import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { Server as SecureServer } from 'node:https'
import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { TracksideError } from '../../../shared/contract/errors.ts'
import { pathOf } from '../request-path.ts'
import { brokenConnection, connectionNotice, noticeOf, refusalNotice } from './activity.ts'
import type { ClientError, Notice } from './activity.ts'
import { answer, answerAuthority, answerError, answerJourny, answerJson, answerPixel } from './answers.ts'
import { bodyOf } from './body-text.ts'
import { answerScript } from './browser-script.ts'
import { allowOrigin, answerPreflight } from './cors.ts'
import type { Backlog } from './backlog.ts'
import type { Connections } from './connections.ts'
import { DueAnswers } from './due-answers.ts'
import type { FaultyAnswers } from './faulty-answers.ts'
import { distrustOf, turnAwayPlainHttp } from './https/broken-handshake.ts'
import type { Answer, OnPurpose, RawRequest } from './raw-request.ts'
import { journyPermissions, journySnippet } from './journy.ts'
import { serverOptions, usualPatience } from './patience.ts'
import type { Patience } from './patience.ts'
import { pixelBody } from './pixel.ts'
import { readBody } from './request-body.ts'
import type { RequestBody } from './request-body.ts'
import { allowedMethods, knownPaths, routeOf } from './routes.ts'
import { sourceConfigBody } from './rudderstack.ts'
import { addressOf } from './sender-address.ts'
import { settingsBody } from './settings.ts'
import { tokenBody } from './token.ts'
import { writeKeyOf } from './write-key.ts'

export interface CaptureOptions {
  /** Commits the request and tells what its sender is to hear. */
  append(request: RawRequest): Promise<Answer | OnPurpose>
  faults: FaultyAnswers
  /** Of all servers together. */
  connections: Connections
  /** The certificate to trust, as a PEM file; null while capture does not speak https. */
  authorityPem(): string | null
  /** Hears of everything that is no accepted call. */
  notice(notice: Notice): void
  /** Epoch milliseconds. */
  now(): number
  /** What may wait: shared by the servers of one engine. */
  backlog: Backlog
  patience?: Patience
}

/** What a server shows and signs with, both as PEM. */
export interface ServerIdentity {
  cert: string
  key: string
}

/** The server that SDKs talk to. It reads nothing back to anybody. */
export function createCaptureServer(options: CaptureOptions): Server {
  return listenTo(createServer(serverOptions(options.patience)), options)
}

/** The same over https. Plain http on its port is told so. */
export function createSecureCaptureServer(options: CaptureOptions, identity: ServerIdentity): SecureServer {
  const { patience = usualPatience } = options
  const handshakeTimeout = patience.headersMs
  const server = listenTo(
    createSecureServer({ ...serverOptions(patience), handshakeTimeout, ...identity }),
    options,
  )
  server.on('tlsClientError', (error, socket) => {
    const detail = distrustOf(error)
    if (detail !== null) options.notice(connectionNotice('untrusted', socket.remoteAddress, detail))
  })
  turnAwayPlainHttp(server, handshakeTimeout, (remoteAddress) =>
    options.notice(connectionNotice('plain', remoteAddress)),
  )
  return server
}

function listenTo<S extends Server | SecureServer>(server: S, options: CaptureOptions): S {
  const due = new DueAnswers()
  const serve = (request: IncomingMessage, response: ServerResponse): void => {
    due.promise(request, response)
    handle(request, response, options).catch((error: unknown) => {
      const notice = refusalNotice(request, error, due.reasonOf(request.socket))
      if (notice !== null) options.notice(notice)
      if (!response.headersSent) answerError(response, asCaptureError(error))
      else response.destroy()
    })
  }
  server.on('request', serve)
  // Whatever is expected besides 100-continue: Node would refuse it with an empty body.
  server.on('checkExpectation', serve)
  server.on('clientError', (error: ClientError, socket: Socket) => {
    // Before the end of a handshake nothing can be answered, and an answer that waits for it keeps the socket for ever.
    if (socket instanceof TLSSocket && !isOfHttp(error)) socket.destroy()
    if (socket.destroyed || !due.refuse(error, socket)) return
    // Who reads the body tells what became of it.
    const notice = due.isInBody(socket) ? null : brokenConnection(error, socket.remoteAddress)
    if (notice !== null) options.notice(notice)
  })
  // A sender who closes its side after the last byte still listens. Node's types leave this switch out.
  Object.assign(server, { httpAllowHalfOpen: true })
  return server
}

/** Rather than of TLS. */
const isOfHttp = ({ code = '' }: ClientError): boolean => /^(?:HPE|ERR_HTTP)_/.test(code)

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
    options.notice(noticeOf(request, 'preflight'))
    answerPreflight(request, response)
    return
  }
  const url = request.url ?? '/'
  const path = pathOf(url)
  const route = routeOf(path)
  const methods = allowedMethods[route.kind]
  if (methods !== null && !methods.includes(request.method ?? '')) {
    request.resume()
    const allowed = methods.join(', ')
    throw new TracksideError('METHOD_NOT_ALLOWED', { path, method: request.method ?? '', allowed })
  }
  switch (route.kind) {
    case 'call':
    case 'batch':
      answer(
        response,
        await capture(request, response, url, route.kind === 'call' ? route.type : null, options),
      )
      return
    case 'journy': {
      const outcome = await capture(request, response, url, route.type, options)
      if (outcome.status === 200) answerJourny(response, {})
      else answer(response, outcome)
      return
    }
    case 'pixel': {
      request.resume()
      const body = bodyOf([pixelBody(url)])
      // An image is shown or not: of what is wrong with its call, only the log can tell.
      const known = { body, bodyBytes: body.length, isTooLarge: false }
      const outcome = await capture(request, response, url, route.type, options, known)
      if ('code' in outcome && outcome.code === 'FAULT_ON_PURPOSE') answer(response, outcome)
      else answerPixel(response)
      return
    }
    case 'settings':
      options.notice(noticeOf(request, 'settings', { writeKey: route.writeKey }))
      answerJson(response, 200, settingsBody(route.writeKey, addressOf(request)))
      return
    case 'authority':
      answerAuthority(response, options.authorityPem(), route.form)
      return
    case 'source-config':
      options.notice(noticeOf(request, 'settings'))
      answerJson(response, 200, sourceConfigBody(keyOf(request), new Date(options.now()).toISOString()))
      return
    case 'cluster-info':
      answerJson(response, 200, { nodeCount: 1 })
      return
    case 'journy-validate':
      answerJourny(response, { data: { permissions: journyPermissions } })
      return
    case 'journy-snippet': {
      const domain = new URLSearchParams(url.slice(path.length)).get('domain') ?? ''
      const { protocol, host } = addressOf(request)
      const snippet = journySnippet(keyOf(request), `${protocol}://${host}`)
      answerJourny(response, { data: { domain, snippet } })
      return
    }
    case 'token':
      request.resume()
      response.setHeader('Cache-Control', 'no-store')
      answerJson(response, 200, tokenBody())
      return
    case 'script':
    case 'bundle':
      if (route.kind === 'script') options.notice(noticeOf(request, 'script', { writeKey: route.writeKey }))
      await answerScript(request, response, route)
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

function keyOf(request: IncomingMessage): string {
  return writeKeyOf(request.rawHeaders, request.url ?? '', null) ?? ''
}

/** Stores the request; what its sender is to hear comes once it is time for it. */
async function capture(
  request: IncomingMessage,
  response: ServerResponse,
  url: string,
  pathType: RawRequest['pathType'],
  options: CaptureOptions,
  known?: RequestBody,
): Promise<Answer> {
  // A function of its own, so that the body is not kept for as long as a sender is kept waiting.
  const answer = await append(request, url, pathType, options, known)
  return 'fault' in answer ? options.faults.play(answer.fault, response) : answer
}

async function append(
  request: IncomingMessage,
  url: string,
  pathType: RawRequest['pathType'],
  options: CaptureOptions,
  known?: RequestBody,
): Promise<Answer | OnPurpose> {
  const begunAt = options.now()
  const connection = options.connections.describe(request)
  const { backlog } = options
  const body = known ?? (await readBody(request, backlog))
  const receivedAt = options.now()
  const outcome = await backlog.admit(body.body.length, () =>
    options.append({
      receivedAt,
      expiresAt: receivedAt + backlog.commitMs,
      arrivalMs: Math.max(0, receivedAt - begunAt),
      method: request.method ?? 'POST',
      url,
      headers: request.rawHeaders,
      pathType,
      ...connection,
      ...body,
    }),
  )
  if ('message' in outcome) options.notice(noticeOf(request, 'rejected', { detail: outcome.message }))
  return outcome
}
