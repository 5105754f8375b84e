import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { TracksideError } from '../../shared/contract/errors.ts'

export interface Listening {
  port: number
  close(): Promise<void>
}

/** The flag that picks another port, for the message when one is taken. */
export type PortFlag = '--port' | '--app-port'

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
    server.listen({ port, host, ipv6Only: host.includes(':') }, () => {
      server.removeAllListeners('error')
      resolve((server.address() as AddressInfo).port)
    })
  })
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
  const servers = [makeServer()]
  const [first] = servers as [Server]
  const bound = await listenOn(first, port, isLoopback ? '127.0.0.1' : host, flag)
  if (isLoopback) {
    const second = makeServer()
    try {
      await listenOn(second, bound, '::1', flag)
      servers.push(second)
    } catch (error) {
      // A machine without IPv6 is fine; another process on the same port of ::1 would get half of the calls.
      if (error instanceof TracksideError && error.code === 'PORT_TAKEN') {
        first.close()
        throw error
      }
    }
  }
  return { port: bound, close: async () => void (await Promise.all(servers.map(closeServer))) }
}

/** Requests under way get a moment to finish; sockets that only wait are closed at once. */
function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), 2000)
    server.close(() => {
      clearTimeout(timer)
      resolve()
    })
    server.closeIdleConnections()
  })
}
