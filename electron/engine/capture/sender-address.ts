import type { IncomingMessage } from 'node:http'
import { TLSSocket } from 'node:tls'

/** Where a sender sees Trackside: an emulator, a phone or a container has another name for this machine. */
export interface SenderAddress {
  protocol: 'http' | 'https'
  /** With its port. */
  host: string
}

/** A made-up Host header is not repeated in what a program or a page then runs by. */
export function addressOf({ headers, socket }: IncomingMessage): SenderAddress {
  const { host = '' } = headers
  return {
    protocol: socket instanceof TLSSocket ? 'https' : 'http',
    host: /^[\w.:[\]-]+$/.test(host) ? host : `localhost:${socket.localPort ?? 0}`,
  }
}
