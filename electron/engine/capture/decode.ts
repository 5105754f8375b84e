import { isUtf8 } from 'node:buffer'
import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib'
import { TracksideError } from '../../../shared/contract/errors.ts'
import { readBrokenJson } from '../../../shared/broken-json.ts'
import type { ErrorCode, ErrorData } from '../../../shared/contract/errors.ts'
import type { JsonObject } from '../../../shared/event.ts'
import { isJsonObject, normalise } from '../../../shared/normalise.ts'
import type { Envelope } from '../../../shared/normalise.ts'
import type { LogEvent, LogRequest } from '../store/append.ts'
import { anonymousIdOf } from './anonymous-id.ts'
import { isDeeperThan, outline } from './json-text.ts'
import { maskedHeaders, maskedUrl } from './masking.ts'
import { headerOf } from './raw-request.ts'
import type { Answer, RawRequest } from './raw-request.ts'
import { writeKeyOf } from './write-key.ts'

/** Bytes of a body, as sent and again after decompressing. */
export const bodyLimit = 5 * 1024 * 1024
/** Bytes that are kept of a body that was rejected, or that is no UTF-8. */
export const rejectedBodyLimit = 64 * 1024
/** Of a value that is named in a rejection. */
const shownCharacters = 200
/** Levels; SQLite reads JSON down to 1,000. */
const depthLimit = 500
/** Ten times what the real service takes; a million tiny ones in one body would hold up everybody else for seconds. */
const callLimit = 25_000
/**
 * Characters of what a batch says about all of its calls, times its calls. Each of them is analysed and found by it:
 * five megabytes of context and 25,000 empty calls would make 125 GB.
 */
const sharedLimit = 64 * 1024 * 1024

/** One for all: within a message to another thread, what is the same is written once. */
const taken: Answer = { status: 200 }

/** A request, ready for the log, and what its sender hears once it is there. */
export interface DecodedRequest {
  request: LogRequest
  events: LogEvent[]
  answer: Answer
  /** Characters of its payloads. */
  size: number
}

/**
 * Reads a request into the events that the log keeps. Never throws for anything that can arrive: what can't be
 * read becomes a rejected event with the reason and the raw body.
 */
export function decodeRequest(raw: RawRequest): DecodedRequest {
  let body: Body = { content: raw.body, encoding: encodingHeader(raw) ?? null, unpackedBytes: null }
  try {
    if (raw.isTooLarge) throw tooLarge()
    body = decompress(raw)
    return accepted(raw, ...readJson(body.content), body)
  } catch (error) {
    if (error instanceof TracksideError) return rejected(raw, error, body)
    throw error
  }
}

/** A request of which the log can't keep what is asked of it: it becomes a rejected event with its beginning. */
export function unstorable(raw: RawRequest, error: unknown): DecodedRequest {
  const body = { content: raw.body, encoding: encodingHeader(raw) ?? null, unpackedBytes: null }
  return rejected(
    raw,
    new TracksideError('CALL_UNSTORABLE', { detail: reason(error) }, { cause: error }),
    body,
  )
}

interface Body extends Packing {
  /** A text only where it is ASCII. */
  content: Uint8Array | string
}

interface Packing {
  /** What it was compressed by; null where it was not. */
  encoding: string | null
  /** null where it was not compressed, or could not be unpacked. */
  unpackedBytes: number | null
}

function encodingHeader(raw: RawRequest): string | undefined {
  return headerOf(raw.headers, 'content-encoding')?.trim().toLowerCase()
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message.replace(/\.$/, '') : String(error)
}

/** Decompresses by the header, or by gzip's magic bytes where an SDK forgot the header. */
function decompress(raw: RawRequest): Body {
  const encoding = encodingHeader(raw)
  const isCompressed = typeof raw.body !== 'string' || encoding === 'br' || encoding === 'deflate'
  return isCompressed
    ? decompressBytes(bytesOf(raw.body), encoding)
    : { content: raw.body, encoding: null, unpackedBytes: null }
}

function decompressBytes(body: Uint8Array, header: string | undefined): Body {
  const isGzip = body[0] === 0x1f && body[1] === 0x8b
  const encoding = isGzip ? 'gzip' : header
  const options = { maxOutputLength: bodyLimit }
  try {
    if (isGzip) return unpacked(gunzipSync(body, options), 'gzip')
    if (encoding === 'br') return unpacked(brotliDecompressSync(body, options), encoding)
    if (encoding === 'deflate') {
      // Some senders leave out the zlib header that the standard asks for.
      const hasHeader = ((body[0] ?? 0) & 0x0f) === 8
      return unpacked(hasHeader ? inflateSync(body, options) : inflateRawSync(body, options), encoding)
    }
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge()
    throw new TracksideError('BODY_NOT_DECODED', { encoding, detail: reason(error) }, { cause: error })
  }
  // `gzip` over a plain body: a proxy has unpacked it and left the header.
  return { content: body, encoding: null, unpackedBytes: null }
}

function unpacked(bytes: Uint8Array, encoding: string): Body {
  return { content: bytes, encoding, unpackedBytes: bytes.length }
}

function tooLarge(): TracksideError {
  return new TracksideError('BODY_TOO_LARGE', { limitMegabytes: bodyLimit / 1024 / 1024 })
}

function bytesOf(content: Uint8Array | string): Uint8Array {
  return typeof content === 'string' ? Buffer.from(content, 'latin1') : content
}

function textOf(content: Uint8Array | string): string {
  if (typeof content === 'string') return content
  const { buffer, byteOffset, byteLength } = content
  return Buffer.from(buffer, byteOffset, byteLength)
    .toString('utf8')
    .replace(/^\uFEFF/, '')
}

function readJson(content: Uint8Array | string): [text: string, body: JsonObject] {
  const text = textOf(content)
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch (error) {
    throw new TracksideError('BODY_NOT_JSON', { detail: reason(error) }, { cause: error })
  }
  if (!isJsonObject(body)) throw notAnObject(body)
  return [text, body]
}

/**
 * The bytes of a body that is no UTF-8, null for any other. Such a call is taken, as the real service takes it, with
 * U+FFFD where a letter can't be read; what was sent there is kept beside it.
 */
function unreadableBody(text: string, content: Uint8Array | string): Uint8Array | null {
  if (typeof content === 'string' || !text.includes('\uFFFD') || isUtf8(content)) return null
  return content.subarray(0, rejectedBodyLimit)
}

function notAnObject(value: unknown): TracksideError {
  return new TracksideError('CALL_NOT_OBJECT', {
    found: Array.isArray(value) ? 'an array' : JSON.stringify(value).slice(0, shownCharacters),
  })
}

function accepted(raw: RawRequest, text: string, body: JsonObject, sent: Body): DecodedRequest {
  const rawBody = unreadableBody(text, sent.content)
  const calls: unknown = body['batch']
  // One that was made of the body says nothing of what was unpacked.
  const known = (text === raw.body ? raw.outline : null) ?? null
  const outlined = Array.isArray(calls) ? (known ?? outline(text)) : known
  const isTooDeep = outlined === null ? isDeeperThan(depthLimit, text) : outlined.depth > depthLimit
  if (isTooDeep) throw new TracksideError('CALL_TOO_DEEP', { limit: depthLimit })
  const source = writeKeyOf(raw.headers, raw.url, body)
  if (isPostHog(body)) throw new TracksideError('POSTHOG_UNSUPPORTED')
  if (!Array.isArray(calls)) {
    if (raw.pathType === null && typeof body['type'] !== 'string') {
      throw new TracksideError('CALL_TYPE_UNKNOWN', { found: 'missing, and so is the array `batch`' })
    }
    const event = logEvent(body, text.trim(), null, envelopeOf(raw, {}), source)
    const answer = event.rejection === null ? taken : { status: 400, ...event.rejection }
    return { request: logRequest(raw, sent, null, rawBody), events: [event], answer, size: text.length }
  }
  if (calls.length > callLimit)
    throw new TracksideError('BATCH_TOO_LONG', { calls: calls.length, limit: callLimit })
  const { batch: _calls, ...envelopeFields } = body
  const envelopeText = Object.keys(envelopeFields).length === 0 ? null : JSON.stringify(envelopeFields)
  if (envelopeText !== null && envelopeText.length * calls.length > sharedLimit)
    throw new TracksideError('BATCH_SHARES_TOO_MUCH', {
      calls: calls.length,
      kilobytes: Math.round(envelopeText.length / 1024),
    })
  const envelope = envelopeOf(raw, envelopeFields, null)
  const places = outlined?.batch
  const events = calls.map((call: unknown, index) => {
    const payload =
      places?.length === 2 * calls.length
        ? text.slice(places[2 * index], places[2 * index + 1])
        : JSON.stringify(call)
    return isJsonObject(call)
      ? logEvent(call, payload, index, envelope, source)
      : rejectedEvent(notAnObject(call), index, raw.receivedAt, source, payload)
  })
  const request = logRequest(raw, sent, envelopeText, rawBody)
  return { request, events, answer: taken, size: text.length }
}

/** PostHog posts to /batch/ as well, and some of its calls would pass for ours: an identify without any id. */
function isPostHog(body: JsonObject): boolean {
  const calls: unknown = body['batch']
  const first: unknown = Array.isArray(calls) ? calls[0] : body
  return typeof body['api_key'] === 'string' && isJsonObject(first) && 'distinct_id' in first
}

function envelopeOf(raw: RawRequest, batch: JsonObject, pathType = raw.pathType): Envelope {
  return {
    batch,
    receivedAt: raw.receivedAt,
    sentAtHeader: headerOf(raw.headers, 'sentat'),
    anonymousIdHeader: anonymousIdOf(raw.headers),
    pathType: pathType ?? undefined,
  }
}

function rejectionOf(code: ErrorCode, data: ErrorData): { code: string; message: string } {
  const { message } = new TracksideError(code, data)
  return { code, message }
}

function logEvent(
  call: JsonObject,
  payload: string,
  batchIndex: number | null,
  envelope: Envelope,
  source: string | null,
): LogEvent {
  const normalised = normalise(call, envelope)
  return {
    batchIndex,
    type: normalised.type,
    name: normalised.event ?? normalised.name,
    userId: normalised.userId,
    anonymousId: normalised.anonymousId,
    previousId: normalised.previousId,
    accountId: normalised.accountId,
    messageId: normalised.messageId,
    source,
    timestamp: normalised.timestamp,
    originalTimestamp: normalised.originalTimestamp,
    sentAt: normalised.sentAt,
    libraryName: normalised.libraryName,
    libraryVersion: normalised.libraryVersion,
    rejection:
      normalised.type === null
        ? rejectionOf('CALL_TYPE_UNKNOWN', {
            found: JSON.stringify(call['type'])?.slice(0, shownCharacters) ?? 'missing',
          })
        : null,
    payload,
  }
}

function rejectedEvent(
  { code, message }: TracksideError,
  batchIndex: number | null,
  receivedAt: number,
  source: string | null,
  payload: string | null,
): LogEvent {
  return {
    batchIndex,
    type: null,
    name: null,
    userId: null,
    anonymousId: null,
    previousId: null,
    accountId: null,
    messageId: null,
    source,
    timestamp: receivedAt,
    originalTimestamp: null,
    sentAt: null,
    libraryName: null,
    libraryVersion: null,
    rejection: { code, message },
    payload,
  }
}

/** Keeps what a person can read of the body: decompressed, where it got as far as that. */
function rejected(raw: RawRequest, error: TracksideError, body: Body): DecodedRequest {
  const kept = bytesOf(body.content).subarray(0, rejectedBodyLimit)
  const source = writeKeyOf(raw.headers, raw.url, error.code === 'BODY_NOT_JSON' ? readable(kept) : null)
  return {
    request: logRequest(raw, body, null, kept),
    events: [{ ...rejectedEvent(error, null, raw.receivedAt, source, null), type: raw.pathType }],
    answer: { status: error.status, code: error.code, message: error.message },
    size: rejectedBodyLimit,
  }
}

/** What a body that breaks off, or is damaged, still says: its write key often stands before the damage. */
function readable(bytes: Uint8Array): JsonObject | null {
  const read = readBrokenJson(textOf(bytes))?.read
  return isJsonObject(read) ? read : null
}

function logRequest(
  raw: RawRequest,
  { encoding, unpackedBytes }: Packing,
  envelope: string | null,
  rawBody: Uint8Array | null,
): LogRequest {
  return {
    receivedAt: raw.receivedAt,
    method: raw.method,
    path: maskedUrl(raw.url),
    headers: maskedHeaders(raw.headers),
    encoding,
    bodyBytes: raw.bodyBytes,
    unpackedBytes,
    remoteAddress: raw.remoteAddress,
    remotePort: raw.remotePort,
    httpVersion: raw.httpVersion,
    isSecure: raw.isSecure,
    connection: raw.connection,
    connectionRequest: raw.connectionRequest,
    arrivalMs: raw.arrivalMs,
    envelope,
    rawBody,
  }
}
