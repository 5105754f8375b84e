import { STATUS_CODES } from 'node:http'
import { TracksideError } from '../../../shared/contract/errors.ts'

/** Bytes of all headers of a request. */
export const headerLimit = 64 * 1024

function errorOf(error: NodeJS.ErrnoException): TracksideError {
  switch (error.code) {
    case 'HPE_HEADER_OVERFLOW':
      return new TracksideError('HEADERS_TOO_LARGE', { limitKilobytes: headerLimit / 1024 })
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new TracksideError('REQUEST_TOO_SLOW')
    default:
      return new TracksideError('HTTP_MALFORMED', {
        detail: error.message.replace(/^Parse Error: |\.$/g, ''),
      })
  }
}

/** A whole answer, as text, to bytes of which no request could be made. */
export function malformedAnswer(error: NodeJS.ErrnoException): string {
  const { status, code, message } = errorOf(error)
  const body = JSON.stringify({ success: false, code, message, error: message })
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n')
}
