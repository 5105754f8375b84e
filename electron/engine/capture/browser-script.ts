import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { TracksideError } from '../../../shared/contract/errors.ts'
import { addressOf } from './sender-address.ts'
import type { SenderAddress } from './sender-address.ts'

const compress = promisify(gzip)

/**
 * Where the stock build of the browser SDK lies: the sources take it out of the npm package, the build out of its own
 * copy, because what is packaged has no development dependencies.
 */
const stockFolder = import.meta.url.endsWith('.ts')
  ? new URL('../../../node_modules/@segment/analytics-next/dist/umd/', import.meta.url)
  : new URL('../../../browser-script/', import.meta.url)

/** What the vendor's own CDN fills in for each source. */
const keyPlaceholder = '"__WRITE_KEY__"'

/**
 * Where the SDK turns to by itself. It sees from its own address where it was loaded from only if that is https, and
 * asks its vendor for its settings and parts if not; what it sends of its own failures goes to the vendor, too.
 */
const vendorCdn = 'https://cdn.segment.com'
const vendorApi = 'api.segment.io/v1'

/** Pages come with few write keys at a time; a visitor who makes keys up can't fill the memory. */
const keptScripts = 8

interface Served {
  plain: Buffer
  gzipped: Buffer
  etag: string
}

const scripts = new Map<string, Promise<Served>>()
const bundles = new Map<string, Promise<Served>>()

function browserScript(writeKey: string, { protocol, host }: SenderAddress): Promise<Served> {
  const kept = remembered(scripts, `${protocol}://${host} ${writeKey}`, async () =>
    (await readStock('standalone.js'))
      .replaceAll(vendorCdn, `${protocol}://${host}`)
      .replaceAll(vendorApi, `${host}/v1`)
      .replace(keyPlaceholder, () => JSON.stringify(writeKey)),
  )
  for (const oldest of scripts.keys()) {
    if (scripts.size <= keptScripts) break
    scripts.delete(oldest)
  }
  return kept
}

/** What has failed is tried again: the build may have been made meanwhile. */
function remembered(
  memory: Map<string, Promise<Served>>,
  key: string,
  read: () => Promise<string>,
): Promise<Served> {
  const known = memory.get(key)
  if (known !== undefined) return known
  const served = read().then(prepare)
  memory.set(key, served)
  served.catch(() => memory.delete(key))
  return served
}

async function prepare(text: string): Promise<Served> {
  const plain = Buffer.from(text)
  const hash = createHash('sha256').update(plain).digest('base64url').slice(0, 22)
  return { plain, gzipped: await compress(plain), etag: `W/"${hash}"` }
}

/** Without the reference to a source map, which is not served: developer tools would complain. */
async function readStock(file: string): Promise<string> {
  try {
    const text = await readFile(new URL(file, stockFolder), 'utf8')
    return text.replace(/\n\/\/# sourceMappingURL=\S+\s*$/, '\n')
  } catch (error) {
    const isFolderThere = await stat(stockFolder).then(
      () => true,
      () => false,
    )
    if (isFolderThere && file !== 'standalone.js') throw new TracksideError('SCRIPT_UNKNOWN', { file })
    const detail = error instanceof Error ? error.message : String(error)
    throw new TracksideError('SCRIPT_MISSING', { detail }, { cause: error })
  }
}

/**
 * Answers with `analytics.min.js` for the pages of a source, or with a part that it loads when a page needs it; with 304
 * where the browser has it already. Raises SCRIPT_UNKNOWN, SCRIPT_MISSING.
 */
export async function answerScript(
  request: IncomingMessage,
  response: ServerResponse,
  wanted: { writeKey: string } | { file: string },
): Promise<void> {
  const served = await ('file' in wanted
    ? remembered(bundles, wanted.file, () => readStock(wanted.file))
    : browserScript(wanted.writeKey, addressOf(request)))
  response.appendHeader('Vary', 'Accept-Encoding')
  response.setHeader('ETag', served.etag)
  response.setHeader('Cache-Control', 'no-cache')
  response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin')
  response.setHeader('X-Content-Type-Options', 'nosniff')
  if (request.headers['if-none-match']?.includes(served.etag) === true) {
    response.writeHead(304).end()
    return
  }
  const isGzipped = takesGzip(request.headers['accept-encoding'])
  const bytes = isGzipped ? served.gzipped : served.plain
  if (isGzipped) response.setHeader('Content-Encoding', 'gzip')
  response.writeHead(200, {
    'Content-Type': 'text/javascript; charset=utf-8',
    'Content-Length': bytes.length,
  })
  response.end(request.method === 'HEAD' ? undefined : bytes)
}

function takesGzip(accepted: string | string[] | undefined): boolean {
  return /(?:^|[\s,])gzip\s*(?:$|,|;(?!\s*q=0(?:\.0*)?\s*(?:$|,)))/i.test(String(accepted ?? ''))
}
