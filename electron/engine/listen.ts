import type { AddressInfo, Server as SocketServer, Socket } from 'node:net'
import { TracksideError } from '../../shared/contract/errors.ts'

export interface Listening {
  port: number
  close(): Promise<void>
}

/** The flag that picks another port, for the message when one is taken. */
export type PortFlag = '--port' | '--app-port' | '--https-port'

/** A server of http or https. */
type Server = SocketServer & { closeIdleConnections(): void }

/** How long a request under way may still take when the engine stops, in milliseconds. */
const closeMs = 2000
const sweepMs = 20
/** How many ports are tried where any will do. */
const attempts = 10

function findProcess(port: number): string {
  return process.platform === 'win32' ? `netstat -ano | findstr :${port}` : `lsof -i :${port}`
}

function listenOn(server: Server, port: number, host: string, flag: PortFlag): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new TracksideError('PORT_TAKEN', { port, flag, find: findProcess(port) })
          : new TracksideError('ADDRESS_UNUSABLE', { host, port, flag, detail: error.message }),
      )
    })
    server.listen({ port, host, ipv6Only: host === '::1' }, () => {
      server.removeAllListeners('error')
      resolve((server.address() as AddressInfo).port)
    })
  })
}

/** A server with all of its sockets: those of a WebSocket are no longer its own, but keep it from closing. */
class Listener {
  readonly #server: Server
  readonly #sockets = new Set<Socket>()

  constructor(server: Server) {
    this.#server = server
    server.on('connection', (socket) => {
      this.#sockets.add(socket)
      socket.once('close', () => this.#sockets.delete(socket))
    })
  }

  /** Gives the port. */
  open(port: number, host: string, flag: PortFlag): Promise<number> {
    return listenOn(this.#server, port, host, flag)
  }

  /** Requests under way get a moment to finish; sockets that only wait are closed at once. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        for (const socket of this.#sockets) socket.destroy()
      }, closeMs)
      // Again and again: a socket whose last answer has just gone out would wait for another request.
      const sweep = setInterval(() => this.#server.closeIdleConnections(), sweepMs)
      this.#server.close(() => {
        clearTimeout(timer)
        clearInterval(sweep)
        resolve()
      })
    })
  }
}

/**
 * Listens on `host`; the loopback means 127.0.0.1 and ::1, because `localhost` is either. `makeServer` is called
 * once for each. Raises PORT_TAKEN and ADDRESS_UNUSABLE.
 */
export async function listen(
  makeServer: () => Server,
  port: number,
  host: string,
  flag: PortFlag,
): Promise<Listening> {
  const isLoopback = host === '127.0.0.1' || host === 'localhost'
  for (let attempt = 1; ; attempt += 1) {
    const first = new Listener(makeServer())
    const bound = await first.open(port, isLoopback ? '127.0.0.1' : host, flag)
    if (!isLoopback) return { port: bound, close: () => first.close() }
    const second = new Listener(makeServer())
    try {
      await second.open(bound, '::1', flag)
    } catch (error) {
      // A machine without IPv6 is fine; another process on the same port of ::1 would get half of the calls.
      if (!(error instanceof TracksideError) || error.code !== 'PORT_TAKEN')
        return { port: bound, close: () => first.close() }
      await first.close()
      // A port that is free on one address may be taken on the other: who asks for any gets another one.
      if (port !== 0 || attempt === attempts) throw error
      continue
    }
    return { port: bound, close: async () => void (await Promise.all([first.close(), second.close()])) }
  }
}
