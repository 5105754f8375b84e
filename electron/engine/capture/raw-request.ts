import type { FaultAnswer } from '../../../shared/fault.ts'
import type { CallType } from '../../../shared/event.ts'
import type { JsonOutline } from './json-text.ts'

/** A request as it came off the wire, on its way to the writer. */
export interface RawRequest {
  /** Epoch milliseconds, as all times. */
  receivedAt: number
  /** After this its sender has been told to send it again: appended now, it would be in the log twice. */
  expiresAt: number
  method: string
  /** With its query. */
  url: string
  /** Names and values by turns, as node:http gives them. */
  headers: string[]
  remoteAddress: string | null
  remotePort: number | null
  /** As in `HTTP/1.1`. */
  httpVersion: string
  /** Whether it came over https. */
  isSecure: boolean
  /** Which socket, counted from 1, and which request of it, from 1. */
  connection: number
  connectionRequest: number
  /** From its head to the end of its body, in milliseconds. */
  arrivalMs: number
  /** The type that the path names; null for a batch. */
  pathType: CallType | null
  /** The body as sent, which may be a text where it is ASCII; of one that is too large, its beginning. */
  body: Uint8Array | string
  bodyBytes: number
  /** Of a body that is a text, where somebody has had the time to make one. */
  outline?: JsonOutline | null
  /** Set when the body went over the limit and was not read to its end. */
  isTooLarge: boolean
}

/** What the SDK hears. */
export type Answer = { status: 200 } | { status: number; code: string; message: string }

/** What it hears instead: nothing of the call is wrong. */
export interface OnPurpose {
  fault: FaultAnswer
}

/** The value of a header, name in lower case. */
export function headerOf(headers: readonly string[], name: string): string | undefined {
  for (let index = 0; index + 1 < headers.length; index += 2) {
    const header = headers[index]
    if (header?.length === name.length && header.toLowerCase() === name) return headers[index + 1]
  }
  return undefined
}
