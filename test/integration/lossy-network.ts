import { createServer, request as outgoingRequest } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Brings every request to its target, and loses the first answers on the way back. */
export class LossyNetwork {
  /** Requests that were brought. */
  attempts = 0
  readonly #server: Server

  private constructor(server: Server) {
    this.#server = server
  }

  static async to(target: string, losses = 1): Promise<LossyNetwork> {
    const server = createServer((request, response) => {
      network.attempts += 1
      const isLost = network.attempts <= losses
      const onward = outgoingRequest(
        `${target}${request.url ?? ''}`,
        { method: request.method ?? 'POST', headers: request.headers },
        (answer) => {
          if (isLost) response.destroy()
          else answer.pipe(response.writeHead(answer.statusCode ?? 500, answer.headers))
        },
      )
      request.pipe(onward)
    })
    const network = new LossyNetwork(server)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return network
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo
    return `http://127.0.0.1:${port}`
  }

  close(): Promise<void> {
    this.#server.closeAllConnections()
    return new Promise((resolve) => this.#server.close(() => resolve()))
  }
}
