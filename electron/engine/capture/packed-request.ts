import { outline } from './json-text.ts'
import type { RawRequest } from './raw-request.ts'

/**
 * A request on its way to another thread. As an object each would carry the names of its fields along, and each header
 * would be a value of its own. So it is a list, and its headers are one text.
 */
export type PackedRequest = [
  receivedAt: number,
  expiresAt: number,
  method: string,
  url: string,
  headers: string,
  remoteAddress: string | null,
  remotePort: number | null,
  httpVersion: string,
  isSecure: boolean,
  connection: number,
  connectionRequest: number,
  arrivalMs: number,
  pathType: RawRequest['pathType'],
  body: RawRequest['body'],
  bodyBytes: number,
  depth: number | null,
  batch: number[] | null,
  isTooLarge: boolean,
]

/** No name or value of a header can hold it. */
const betweenHeaders = '\n'

/** What a batch looks like is seen here: in a flood of them it is the receiver that has no time. */
export function pack(raw: RawRequest): PackedRequest {
  const outlined = typeof raw.body === 'string' && raw.pathType === null ? outline(raw.body) : null
  return [
    raw.receivedAt,
    raw.expiresAt,
    raw.method,
    raw.url,
    raw.headers.join(betweenHeaders),
    raw.remoteAddress,
    raw.remotePort,
    raw.httpVersion,
    raw.isSecure,
    raw.connection,
    raw.connectionRequest,
    raw.arrivalMs,
    raw.pathType,
    raw.body,
    raw.bodyBytes,
    outlined?.depth ?? null,
    outlined?.batch ?? null,
    raw.isTooLarge,
  ]
}

export function unpack(packed: PackedRequest): RawRequest {
  const headers = packed[4]
  return {
    receivedAt: packed[0],
    expiresAt: packed[1],
    method: packed[2],
    url: packed[3],
    headers: headers === '' ? [] : headers.split(betweenHeaders),
    remoteAddress: packed[5],
    remotePort: packed[6],
    httpVersion: packed[7],
    isSecure: packed[8],
    connection: packed[9],
    connectionRequest: packed[10],
    arrivalMs: packed[11],
    pathType: packed[12],
    body: packed[13],
    bodyBytes: packed[14],
    outline: packed[15] === null ? null : { depth: packed[15], batch: packed[16] },
    isTooLarge: packed[17],
  }
}
