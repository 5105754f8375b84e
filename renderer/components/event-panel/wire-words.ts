import type { CaptureRequest } from '../../../shared/event.ts'
import { bytes, count, duration } from '../../lib/format.ts'

/** "HTTP/1.1 over https"; empty for a request that was captured before this was noted. */
export function protocolWords({
  httpVersion,
  secure,
}: Pick<CaptureRequest, 'httpVersion' | 'secure'>): string {
  if (httpVersion === null) return ''
  return `HTTP/${httpVersion} over ${secure === true ? 'https' : 'http'}`
}

/** "812 bytes of gzip" */
export function bodyWords({ encoding, bodyBytes }: Pick<CaptureRequest, 'encoding' | 'bodyBytes'>): string {
  return `${bytes(bodyBytes)}${encoding === null ? '' : ` of ${encoding}`}`
}

/** "4.1 KB unpacked" */
export function packingWords({
  encoding,
  unpackedBytes,
}: Pick<CaptureRequest, 'encoding' | 'unpackedBytes'>): string {
  if (encoding === null) return 'not compressed'
  return unpackedBytes === null ? 'not unpacked' : `${bytes(unpackedBytes)} unpacked`
}

/** From the head of the request to the end of its body. */
export function arrivalWords(ms: number): string {
  return ms < 1 ? 'within 1 ms' : `in ${duration(ms)}`
}

/** "127.0.0.1:50412", "[::1]:50412"; null where it is not known. */
export function senderOf({
  remoteAddress,
  remotePort,
}: Pick<CaptureRequest, 'remoteAddress' | 'remotePort'>): string | null {
  if (remoteAddress === null || remotePort === null) return remoteAddress
  return `${remoteAddress.includes(':') ? `[${remoteAddress}]` : remoteAddress}:${remotePort}`
}

/** "connection 12, 3rd request" */
export function connectionWords({ connection }: Pick<CaptureRequest, 'connection'>): string {
  if (connection === null) return ''
  return `connection ${count(connection.number)}, ${ordinal(connection.request)} request`
}

const endings = new Map([
  ['one', 'st'],
  ['two', 'nd'],
  ['few', 'rd'],
])
const ordinals = new Intl.PluralRules('en', { type: 'ordinal' })

const ordinal = (place: number): string => `${count(place)}${endings.get(ordinals.select(place)) ?? 'th'}`
