import type { IncomingMessage } from 'node:http'
import { TracksideError } from '../../../shared/contract/errors.ts'
import type { Backlog } from './backlog.ts'
import { bodyOf } from './body-text.ts'
import { bodyLimit, rejectedBodyLimit } from './decode.ts'
import type { RawRequest } from './raw-request.ts'

export type RequestBody = Pick<RawRequest, 'body' | 'bodyBytes' | 'isTooLarge'>

/** How long the beginning of a body over the limit is waited for. */
const patienceMs = 1_000
/** How long, and how far, a refused body is still read, so that its sender can hear why it was refused. */
const drainMs = 5_000
const drainBytes = 64 * 1024 * 1024

/** Reads on, and forgets what it reads; a sender who goes on for too long is cut off. */
function drain(request: IncomingMessage): void {
  const timer = setTimeout(() => request.destroy(), drainMs)
  timer.unref()
  let bytes = 0
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > drainBytes) request.destroy()
  })
  request.once('close', () => clearTimeout(timer))
}

/**
 * Never holds more than the limit; of a body that is larger, its beginning is kept. Raises CAPTURE_OVERLOADED where the
 * backlog can't hold it.
 */
export function readBody(request: IncomingMessage, backlog: Backlog): Promise<RequestBody> {
  const announced = Number(request.headers['content-length'] ?? 0)
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = []
    let bytes = 0
    let isRefused = false
    let patience: NodeJS.Timeout | undefined
    const refuse = (): void => {
      clearTimeout(patience)
      isRefused = true
      chunks = []
      arrival.end()
      drain(request)
    }
    const refuseAsTooLarge = (size: number): void => {
      const body = Buffer.concat(chunks, Math.min(bytes, rejectedBodyLimit))
      refuse()
      resolve({ body, bodyBytes: size, isTooLarge: true })
    }
    const arrival = backlog.arrive(() => {
      refuse()
      reject(new TracksideError('CAPTURE_OVERLOADED'))
    })
    // Of what is announced as too large the beginning is kept, as far as it comes soon.
    if (announced > bodyLimit) patience = setTimeout(() => refuseAsTooLarge(announced), patienceMs)
    request.on('data', (chunk: Buffer) => {
      if (isRefused) return
      bytes += chunk.length
      chunks.push(chunk)
      if (announced > bodyLimit ? bytes >= rejectedBodyLimit : bytes > bodyLimit)
        refuseAsTooLarge(Math.max(announced, bytes))
      else arrival.grow(chunk.length)
    })
    request.on('end', () => {
      if (isRefused) return
      arrival.end()
      if (announced > bodyLimit) refuseAsTooLarge(bytes)
      else resolve({ body: bodyOf(chunks), bodyBytes: bytes, isTooLarge: false })
    })
    request.on('error', reject)
    request.on('close', () => {
      clearTimeout(patience)
      arrival.end()
      if (!request.complete && !isRefused) reject(new Error('The sender hung up before the end of the body'))
    })
  })
}
