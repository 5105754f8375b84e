import type { IncomingMessage } from 'node:http'
import { TLSSocket } from 'node:tls'
import type { RawRequest } from './raw-request.ts'

/** A socket: its number, and how many requests it has brought. */
interface Connection {
  number: number
  requests: number
}

/** Numbers the sockets of all addresses that capture listens on, from 1, and the requests of each. */
export class Connections {
  readonly #known = new WeakMap<object, Connection>()
  #last = 0

  /** Counts the request: ask once for each. */
  describe({
    socket,
    httpVersion,
  }: IncomingMessage): Pick<
    RawRequest,
    'remoteAddress' | 'remotePort' | 'httpVersion' | 'isSecure' | 'connection' | 'connectionRequest'
  > {
    let connection = this.#known.get(socket)
    if (connection === undefined) {
      this.#last += 1
      connection = { number: this.#last, requests: 0 }
      this.#known.set(socket, connection)
    }
    connection.requests += 1
    return {
      remoteAddress: socket.remoteAddress ?? null,
      remotePort: socket.remotePort ?? null,
      httpVersion,
      isSecure: socket instanceof TLSSocket,
      connection: connection.number,
      connectionRequest: connection.requests,
    }
  }
}
