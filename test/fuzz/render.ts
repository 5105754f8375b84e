import { readFileSync, readdirSync } from 'node:fs'
import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { inProject } from '../../scripts/project.ts'
import type { Content, Damage, Encoding, Lie, WireRequest } from './wire-case.ts'

interface Recorded {
  requests: { body: unknown }[]
}

const captures = inProject('test/fixtures/captures')
const recorded = readdirSync(captures).flatMap((file) =>
  (JSON.parse(readFileSync(`${captures}/${file}`, 'utf8')) as Recorded).requests
    .filter(({ body }) => body !== null && body !== undefined)
    .map(({ body }) => JSON.stringify(body)),
)

const nothing = Buffer.alloc(100 * 1024 * 1024)
/** A hundred megabytes of nothing, packed; and 4.5 MB of the shortest lists, which take the most memory once parsed. */
const packed: Partial<Record<Encoding, () => Buffer>> = {
  'gzip bomb': () => gzipSync(nothing),
  'deflate bomb': () => deflateSync(nothing),
  'br bomb': () => brotliCompressSync(nothing, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }),
  'gzip of much JSON': () =>
    gzipSync(`{"type":"track","event":"Lists Sent","properties":[${'[],'.repeat(1_500_000)}0]}`),
}
const packedOnce = new Map<Encoding, Buffer>()

function textOf(content: Content): string | Uint8Array {
  switch (content.kind) {
    case 'recorded':
      return recorded[content.request % recorded.length] ?? ''
    case 'value':
      return JSON.stringify(content.value)
    case 'batch':
      return JSON.stringify({ ...content.envelope, batch: content.calls })
    case 'text':
      return content.text
    case 'bytes':
      return Uint8Array.from(content.bytes)
    case 'nested': {
      const close = content.open.replace('"a":', '').split('').reverse().join('')
      const closed = close.replace(/[[{]/g, (bracket) => (bracket === '[' ? ']' : '}'))
      const core = content.open === '[' ? '' : '0'
      const { levels, open } = content
      return `{"type":"track","event":"Depth Sent","properties":${open.repeat(levels)}${core}${closed.repeat(levels)}}`
    }
    case 'long': {
      const text = 'Lang '.repeat(Math.ceil((content.kilobytes * 1024) / 5))
      return JSON.stringify({ type: 'track', event: 'Text Sent', userId: 'jane', [content.field]: text })
    }
    case 'many': {
      const { what, count } = content
      if (what === 'numbers') return `{"batch":[${Array(count).fill('0').join(',')}]}`
      if (what === 'calls')
        return `{"batch":[${Array(count).fill('{"type":"track","event":"Much Sent","userId":"jane"}').join(',')}]}`
      const properties = Array.from({ length: count }, (_, index) => `"p${index}":${index}`).join(',')
      return `{"type":"track","event":"Much Sent","userId":"jane","properties":{${properties}}}`
    }
  }
}

function damaged(bytes: Buffer, damage: Damage): Buffer {
  const at = Math.floor(damage.at * bytes.length)
  const before = bytes.subarray(0, at)
  switch (damage.kind) {
    case 'cut':
      return before
    case 'replaced':
      return Buffer.concat([before, Buffer.from(damage.by), bytes.subarray(at + damage.by.length)])
    case 'inserted':
      return Buffer.concat([before, Buffer.from(damage.bytes), bytes.subarray(at)])
    case 'repeated': {
      const to = Math.floor(damage.to * bytes.length)
      return Buffer.concat([bytes.subarray(0, Math.max(at, to)), bytes.subarray(Math.min(at, to))])
    }
  }
}

interface Encoded {
  bytes: Buffer
  header: string | null
  /** What the receiver should read; null where that can't be told from here. */
  plain: Buffer | null
}

function encoded(plain: Buffer, encoding: Encoding): Encoded {
  const half = (bytes: Buffer): Buffer => bytes.subarray(0, Math.floor(bytes.length / 2))
  switch (encoding) {
    case 'none':
      return { bytes: plain, header: null, plain }
    case 'gzip':
      return { bytes: gzipSync(plain), header: 'gzip', plain }
    case 'gzip untold':
      return { bytes: gzipSync(plain), header: null, plain }
    case 'deflate':
      return { bytes: deflateSync(plain), header: 'deflate', plain }
    case 'raw deflate':
      return { bytes: deflateRawSync(plain), header: 'Deflate', plain: null }
    case 'br':
      return {
        bytes: brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 2 } }),
        header: 'br',
        plain,
      }
    case 'gzip twice':
      return { bytes: gzipSync(gzipSync(plain)), header: 'gzip', plain: null }
    case 'gzip claimed':
    case 'deflate claimed':
    case 'br claimed':
      return { bytes: plain, header: encoding.split(' ', 1)[0] ?? '', plain: null }
    case 'unknown':
      return { bytes: plain, header: 'zstd, identity', plain: null }
    case 'gzip cut':
      return { bytes: half(gzipSync(plain)), header: 'gzip', plain: null }
    case 'br cut':
      return { bytes: half(brotliCompressSync(plain.subarray(0, 100_000))), header: 'br', plain: null }
    case 'deflate cut':
      return { bytes: half(deflateSync(plain)), header: 'deflate', plain: null }
    default: {
      const known = packedOnce.get(encoding) ?? packed[encoding]?.() ?? plain
      packedOnce.set(encoding, known)
      return { bytes: known, header: encoding.split(' ', 1)[0] ?? '', plain: null }
    }
  }
}

export interface Rendered {
  bytes: Buffer
  /** How large the body is on the wire. */
  bodyBytes: number
  /** The body as the receiver should read it; null where that can't be told from here. */
  plain: Buffer | null
}

const chunk = (bytes: Buffer, extension = ''): Buffer =>
  Buffer.concat([Buffer.from(`${bytes.length.toString(16)}${extension}\r\n`), bytes, Buffer.from('\r\n')])

/** `mark` stands in the query, so that the log can be asked what it has kept of this very request. */
export function render(request: WireRequest, mark: string, lie?: Lie): Rendered {
  const text = textOf(request.content)
  const meant = request.damage.reduce(
    damaged,
    typeof text === 'string' ? Buffer.from(text) : Buffer.from(text),
  )
  const { bytes: body, header, plain } = encoded(meant, request.encoding)
  const lines = [`${request.method} ${request.path}?case=${mark} HTTP/1.1`]
  if (lie !== 'no host') lines.push('Host: 127.0.0.1')
  if (header !== null) lines.push(`Content-Encoding: ${header}`)
  for (const [name, value] of request.headers) lines.push(`${name}: ${value}`)
  const { framing } = request
  let framed = body
  if (lie !== undefined) framed = lied(lie, body, lines)
  else if (framing.kind === 'length') lines.push(`Content-Length: ${body.length}`)
  else {
    lines.push('Transfer-Encoding: chunked')
    const chunks: Buffer[] = []
    for (let at = 0, turn = 0; at < body.length; turn += 1) {
      // No more than a few thousand of them, however large the body is.
      const size = Math.max(framing.sizes[turn % framing.sizes.length] ?? 1, body.length >> 10)
      chunks.push(chunk(body.subarray(at, at + size), framing.extension))
      at += size
    }
    framed = Buffer.concat([...chunks, Buffer.from('0\r\n\r\n')])
  }
  const end = lie === 'lines end with LF' ? '\n' : '\r\n'
  const head = lines.join(end) + (lie === 'header without an end' ? `${end}X-Long: ` : end + end)
  return { bytes: Buffer.concat([Buffer.from(head, 'latin1'), framed]), bodyBytes: body.length, plain }
}

/** Adds what the lie says to the head, and gives the body as the lie frames it. */
function lied(lie: Lie, body: Buffer, lines: string[]): Buffer {
  const length = (value: number | string): Buffer => {
    lines.push(`Content-Length: ${value}`)
    return body
  }
  const chunked = (...parts: (Buffer | string)[]): Buffer => {
    lines.push('Transfer-Encoding: chunked')
    return Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)))
  }
  switch (lie) {
    case 'length too long':
      return length(body.length + 100)
    case 'length too short':
      return length(Math.floor(body.length / 2))
    case 'length of gigabytes':
      return length(99_999_999_999)
    case 'length negative':
      return length(-1)
    case 'length no number':
      return length('1e3')
    case 'length twice alike':
      length(body.length)
      return length(body.length)
    case 'length twice':
      length(body.length)
      return length(body.length + 1)
    case 'length and chunks':
      length(body.length)
      return chunked(chunk(body), '0\r\n\r\n')
    case 'no length':
      return body
    case 'chunk of no size':
      return chunked('zz\r\n', body, '\r\n0\r\n\r\n')
    case 'chunk too long':
      return chunked(`${(body.length + 10).toString(16)}\r\n`, body, '\r\n0\r\n\r\n')
    case 'chunk without an end':
      return chunked(`${body.length.toString(16)}\r\n`, body, '0\r\n\r\n')
    case 'chunk of gigabytes':
      return chunked('ffffffffffff\r\n', body)
    case 'chunks without an end':
      return chunked(chunk(body))
    case 'chunked twice':
      lines.push('Transfer-Encoding: chunked')
      return chunked(chunk(body), '0\r\n\r\n')
    case 'headers too large':
      for (let number = 0; number < 20; number += 1) lines.push(`X-Large-${number}: ${'x'.repeat(5000)}`)
      return length(body.length)
    case 'header without an end':
    case 'no host':
    case 'lines end with LF':
      return length(body.length)
  }
}
