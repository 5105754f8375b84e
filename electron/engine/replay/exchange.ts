import { createRequire } from 'node:module'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type * as undici from 'undici'
import { Scrubber } from './answer.ts'
import type { Mode } from './batches.ts'
import type { OutgoingCall } from './call-page.ts'
import { stampOf } from './presets.ts'

const compress = promisify(gzip)
const require = createRequire(import.meta.url)
/** Small bodies are not worth it. */
const gzipFromBytes = 1024
/** Fast rather than small: level 1 takes a third of the default's time and saves 83 % of such JSON, not 85 %. */
const gzipLevel = 1
const comma = Buffer.from(',')

/** A destination with its secrets opened: where and how to send. */
export interface Target {
  /** Up to where /batch or /track is appended. */
  url: string
  /** Authentication and extra headers. */
  headers: Record<string, string>
  /** Goes into the body where no header carries it. */
  bodyWriteKey: string | null
  mode: Mode
  concurrency: number
  /** What must never be seen in an answer's body. */
  secrets: string[]
}

/** What came back. No status: nothing did. */
export type Reply =
  | { kind: 'answer'; status: number; body: string; retryAfter: string | null; location: string | null }
  | { kind: 'none'; message: string }

export type Call = Pick<OutgoingCall, 'type' | 'open' | 'stamp'>

/** Sends requests to one destination over a few connections that stay open. */
export class Exchange {
  readonly #target: Target
  readonly #pool: undici.Pool
  readonly #path: string
  readonly #timeoutMs: number
  readonly #scrubber: Scrubber
  #takesGzip = true
  /** Whether gzip has been taken, or shown not to be what a 400 was about. */
  #isGzipTried = false

  constructor(target: Target, timeoutMs: number) {
    const url = new URL(target.url)
    this.#target = target
    this.#path = url.pathname.replace(/\/+$/, '')
    this.#timeoutMs = timeoutMs
    this.#scrubber = new Scrubber(target.secrets)
    // What sends is loaded with the first request: an engine that only captures has 5 MB less without it.
    const { Pool } = require('undici') as typeof undici
    this.#pool = new Pool(url.origin, {
      connections: target.concurrency,
      pipelining: 1,
      allowH2: false,
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      connect: { timeout: Math.min(timeoutMs, 10_000) },
    })
  }

  /** One request, one reply; never throws. `sentAt` is epoch ms. In the mode `single` there is one call. */
  async post(calls: readonly Call[], sentAt: number): Promise<Reply> {
    const plain = bodyOf(calls, this.#target, new Date(sentAt).toISOString())
    const isGzip = this.#takesGzip && plain.length >= gzipFromBytes
    const reply = await this.#send(calls, plain, isGzip)
    if (!isGzip || reply.kind === 'none') return reply
    // Segment and its likes take gzip; something homemade may answer 400, and every large call would fail for that.
    // So the first 400 is checked once, without gzip.
    const mayBeGzip = reply.status === 415 || (reply.status === 400 && !this.#isGzipTried)
    if (mayBeGzip || reply.status < 300) this.#isGzipTried = true
    if (!mayBeGzip) return reply
    const again = await this.#send(calls, plain, false)
    if (reply.status === 415 || (again.kind === 'answer' && again.status < 300)) this.#takesGzip = false
    return again
  }

  /** Cuts off what is still under way. */
  async close(): Promise<void> {
    await this.#pool.destroy()
  }

  async #send(calls: readonly Call[], plain: Buffer, isGzip: boolean): Promise<Reply> {
    const deadline = new AbortController()
    const timer = setTimeout(() => deadline.abort(), this.#timeoutMs)
    try {
      const body = isGzip ? await compress(plain, { level: gzipLevel }) : plain
      const answer = await this.#pool.request({
        method: 'POST',
        path: `${this.#path}/${this.#target.mode === 'batch' ? 'batch' : (calls[0]?.type ?? 'track')}`,
        headers: {
          'user-agent': 'Trackside',
          accept: 'application/json',
          ...this.#target.headers,
          'content-type': 'application/json',
          ...(isGzip ? { 'content-encoding': 'gzip' } : {}),
        },
        body,
        signal: deadline.signal,
      })
      return await this.#read(answer)
    } catch (error) {
      if (deadline.signal.aborted)
        return { kind: 'none', message: `no answer within ${this.#timeoutMs / 1000} s` }
      return { kind: 'none', message: this.#scrubber.scrub(describe(error)) }
    } finally {
      clearTimeout(timer)
    }
  }

  async #read({ statusCode, headers, body }: undici.Dispatcher.ResponseData): Promise<Reply> {
    const answer = {
      kind: 'answer',
      status: statusCode,
      retryAfter: single(headers['retry-after']),
      location: this.#scrubber.scrub(single(headers['location']) ?? '') || null,
    } as const
    if (statusCode >= 200 && statusCode < 300) {
      await body.dump()
      return { ...answer, body: '' }
    }
    const chunks: Buffer[] = []
    let length = 0
    try {
      for await (const chunk of body) {
        chunks.push(Buffer.from(chunk as Uint8Array))
        length += (chunk as Uint8Array).length
        if (length >= this.#scrubber.readLimit) break
      }
    } catch {
      // The status says enough; the rest of a body that breaks off does not matter.
    }
    const read = Buffer.concat(chunks).subarray(0, this.#scrubber.readLimit)
    return { ...answer, body: this.#scrubber.excerpt(read) }
  }
}

function bodyOf(calls: readonly Call[], { mode, bodyWriteKey }: Target, sentAt: string): Buffer {
  const [first] = calls
  const key = bodyWriteKey === null ? '' : `"writeKey":${JSON.stringify(bodyWriteKey)},`
  if (mode === 'single') {
    if (first === undefined) throw new Error('a request without a call')
    return Buffer.concat([
      Buffer.from(`{${key}`),
      first.open.subarray(1),
      Buffer.from(stampOf(first.stamp, sentAt)),
    ])
  }
  // Calls that go out as they came keep what they say about it themselves.
  const moment = first?.stamp === 'none' ? '' : `"sentAt":"${sentAt}",`
  const parts: Uint8Array[] = [Buffer.from(`{${key}${moment}"batch":[`)]
  const stamps = new Map<string, Buffer>()
  for (const [index, { open, stamp }] of calls.entries()) {
    let end = stamps.get(stamp)
    if (end === undefined) stamps.set(stamp, (end = Buffer.from(stampOf(stamp, sentAt))))
    if (index > 0) parts.push(comma)
    parts.push(open, end)
  }
  parts.push(Buffer.from(']}'))
  return Buffer.concat(parts)
}

function single(header: string | string[] | undefined): string | null {
  return (Array.isArray(header) ? header[0] : header) ?? null
}

function describe(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return describe(error.errors[0])
  return error instanceof Error ? error.message || error.name : String(error)
}
