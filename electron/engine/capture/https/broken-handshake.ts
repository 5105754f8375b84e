import type { Server } from 'node:https'
import type { Socket } from 'node:net'
import { TracksideError } from '../../../../shared/contract/errors.ts'

/** The first byte of a TLS record that begins a handshake; no method of HTTP begins with it. */
const handshakeByte = 0x16
/** How long what a client still sends is read, so that it can hear the answer. */
const drainMs = 5_000

/** Whether these are the first bytes of a client that speaks TLS. */
export const beginsHandshake = (bytes: Uint8Array | null | undefined): boolean => bytes?.[0] === handshakeByte

/** RFC 8446, 6.2: the alerts of a client that does not like the certificate; null for any other failure. */
export function distrustOf(error: Error): string | null {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  const alert = /ALERT_((?:UNKNOWN_CA|BAD_CERTIFICATE|CERTIFICATE_\w+|UNSUPPORTED_CERTIFICATE))$/.exec(
    code,
  )?.[1]
  return alert?.toLowerCase().replaceAll('_', ' ') ?? null
}

/**
 * Looks at the first byte of each connection of an https server: a handshake goes on as ever, anything else is told
 * in plain http that this is the wrong protocol. Left to itself, TLS would hang up without a word. Who says nothing for
 * `silenceMs` milliseconds is let go.
 */
export function turnAwayPlainHttp(
  server: Server,
  silenceMs: number,
  turnedAway: (remoteAddress: string | null) => void,
): void {
  const handshake = server.listeners('connection')
  server.removeAllListeners('connection')
  server.on('connection', (socket: Socket) => {
    const giveUp = (): void => void socket.destroy()
    socket.setTimeout(silenceMs, giveUp)
    socket.on('error', giveUp)
    socket.once('readable', () => {
      const first: unknown = socket.read()
      socket.off('timeout', giveUp).off('error', giveUp).setTimeout(0)
      if (!(first instanceof Uint8Array)) {
        socket.destroy()
      } else if (beginsHandshake(first)) {
        socket.unshift(first)
        for (const listener of handshake) Reflect.apply(listener, server, [socket])
      } else {
        turnedAway(socket.remoteAddress ?? null)
        answerPlainHttp(socket)
      }
    })
  })
}

function answerPlainHttp(socket: Socket): void {
  const { code, message, status } = new TracksideError('HTTPS_NEEDED')
  const body = JSON.stringify({ success: false, code, message, error: message })
  socket.on('error', () => socket.destroy())
  socket.resume()
  socket.end(
    `HTTP/1.1 ${status} Bad Request\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n` +
      `Access-Control-Allow-Origin: *\r\nConnection: close\r\n\r\n${body}`,
  )
  // Both directions have to end; a client that never ends its own is not waited for.
  const timer = setTimeout(() => socket.destroy(), drainMs)
  socket.once('close', () => clearTimeout(timer))
}
