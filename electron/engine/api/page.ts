import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join, normalize, sep } from 'node:path'
import { pathOf } from '../request-path.ts'

const contentTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
}

// CodeMirror puts its styles into the page as it runs, hence 'unsafe-inline' for styles, and for nothing else.
const contentSecurityPolicy = (host: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self'",
    "img-src 'self' data:",
    `connect-src 'self' ws://${host}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')

/** Serves the built page. Any path without a file is a place inside the page, so it gets index.html. */
export async function servePage(
  folder: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { Allow: 'GET, HEAD' }).end()
    return
  }
  const path = decodedPath(request.url ?? '/')
  const wanted = normalize(join(folder, path))
  const isInside = wanted.startsWith(folder + sep)
  const isAsset = extname(wanted) !== '' && isInside && (await isFile(wanted))
  const file = isAsset ? wanted : join(folder, 'index.html')
  if (!isAsset && !(await isFile(file))) {
    response.writeHead(503, { 'Content-Type': 'text/plain; charset=utf-8' })
    response.end('The page has not been built. Run `npm run build`, then reload.\n')
    return
  }
  response.writeHead(200, {
    'Content-Type': contentTypes[extname(file)] ?? 'application/octet-stream',
    'Cache-Control':
      path.startsWith('/assets/') && isAsset ? 'public, max-age=31536000, immutable' : 'no-cache',
    // The guard has let only a host of this app through.
    'Content-Security-Policy': contentSecurityPolicy(request.headers.host ?? ''),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
  })
  if (request.method === 'HEAD') response.end()
  else
    createReadStream(file)
      .on('error', () => response.destroy())
      .pipe(response)
}

function decodedPath(url: string): string {
  try {
    return decodeURIComponent(pathOf(url))
  } catch {
    return '/'
  }
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  )
}
