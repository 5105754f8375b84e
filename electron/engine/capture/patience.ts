import type { ServerOptions } from 'node:http'
import { headerLimit } from './malformed.ts'

/** How long a connection may be silent or slow, in milliseconds. */
export interface Patience {
  /** Between two requests. */
  keepAliveMs: number
  /** From the opening of a connection, or the beginning of a request, to the end of its headers; a handshake, too. */
  headersMs: number
  /** To the end of its body. */
  requestMs: number
  /** How often it is looked at who is too slow. */
  checkingMs: number
}

export const usualPatience: Patience = {
  // Ruby and Python reuse a socket after a minute of silence.
  keepAliveMs: 75_000,
  // Headers come in a packet or two: who needs longer holds a socket, and has no call.
  headersMs: 15_000,
  // The largest body takes forty seconds over a megabit a second.
  requestMs: 60_000,
  // Node's own half a minute would let them stay twice as long as said.
  checkingMs: 2_000,
}

export function serverOptions(patience: Patience = usualPatience): ServerOptions {
  return {
    keepAliveTimeout: patience.keepAliveMs,
    headersTimeout: patience.headersMs,
    requestTimeout: patience.requestMs,
    connectionsCheckingInterval: patience.checkingMs,
    maxHeaderSize: headerLimit,
    // Hand-written senders forget it, and nothing here depends on it.
    requireHostHeader: false,
  }
}
