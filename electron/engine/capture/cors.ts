import type { IncomingMessage, ServerResponse } from 'node:http'

const preflightSeconds = 600

/** Any page may send its calls here; what comes back tells nothing about anybody. */
export function allowOrigin(request: IncomingMessage, response: ServerResponse): void {
  const { origin } = request.headers
  if (origin === undefined) return
  response.setHeader('Access-Control-Allow-Origin', origin)
  response.setHeader('Access-Control-Allow-Credentials', 'true')
  response.setHeader('Access-Control-Expose-Headers', 'Retry-After, X-RateLimit-Reset')
  response.setHeader('Vary', 'Origin')
}

/** Browsers ask first because of `Authorization`, and because a public page calls a private address. */
export function answerPreflight(request: IncomingMessage, response: ServerResponse): void {
  const headers = request.headers['access-control-request-headers']
  response.setHeader('Access-Control-Allow-Methods', 'GET, POST, OPTIONS')
  if (headers !== undefined) response.setHeader('Access-Control-Allow-Headers', headers)
  response.setHeader('Access-Control-Max-Age', preflightSeconds)
  for (const network of ['private', 'local'] as const) {
    if (request.headers[`access-control-request-${network}-network`] === 'true') {
      response.setHeader(
        `Access-Control-Allow-${network === 'private' ? 'Private' : 'Local'}-Network`,
        'true',
      )
    }
  }
  response.writeHead(204, { 'Content-Length': 0 })
  response.end()
}
