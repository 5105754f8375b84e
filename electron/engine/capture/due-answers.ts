import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { ClientError } from './activity.ts'
import { malformedAnswer } from './malformed.ts'

/** The answer that a connection has last been promised, and the one before where that was not out yet. */
interface Promised {
  response: ServerResponse
  before: ServerResponse | null
}

/**
 * What connections are still due. What can't be read may follow a call that is being committed: its sender is to hear
 * of the call first, or it would send it again.
 */
export class DueAnswers {
  readonly #promised = new WeakMap<Duplex, Promised>()
  readonly #refused = new WeakMap<Duplex, ClientError>()

  promise(request: IncomingMessage, response: ServerResponse): void {
    const before = this.#promised.get(request.socket)?.response
    this.#promised.set(request.socket, {
      response,
      before: before?.writableFinished === false ? before : null,
    })
  }

  /** Whether the body of a request is still coming. */
  isInBody(socket: Duplex): boolean {
    return this.#promised.get(socket)?.response.req.complete === false
  }

  /** What could not be read of a connection that has been refused. */
  reasonOf(socket: Duplex): ClientError | undefined {
    return this.#refused.get(socket)
  }

  /**
   * Answers what is no request, and ends the connection; false where that has been done before. Where the sender speaks
   * TLS the answer reads as "wrong version number", which is what one looks for in that case.
   */
  refuse(error: ClientError, socket: Duplex): boolean {
    // Every further packet of it is an error again.
    if (this.#refused.has(socket)) return false
    this.#refused.set(socket, error)
    const last = this.#promised.get(socket)
    const due = last?.response.req.complete === true ? last.response : last?.before
    const end = (): void => {
      if (socket.writable) socket.end(malformedAnswer(error))
      else socket.destroy()
    }
    if (due === undefined || due === null || due.writableFinished || due.destroyed) end()
    else due.once('close', end)
    return true
  }
}
