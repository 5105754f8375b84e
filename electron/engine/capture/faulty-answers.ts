import { STATUS_CODES } from 'node:http'
import type { ServerResponse } from 'node:http'
import { TLSSocket } from 'node:tls'
import { errorMessage } from '../../../shared/contract/errors.ts'
import type { FaultAnswer } from '../../../shared/fault.ts'
import type { Answer } from './raw-request.ts'

const success: Answer = { status: 200 }

/** Carries out what a fault says, in front of the answer that the route then writes. */
export class FaultyAnswers {
  /** Lets one sender go who is kept waiting; in the order of their coming. */
  readonly #held = new Set<() => void>()
  readonly #limit: number
  #hasEnded = false

  /** At most `limit` senders are kept waiting at once: for one more, the first of them is let go. */
  constructor(limit = 1_000) {
    this.#limit = limit
  }

  /** What the sender is to hear, once it is to hear it; after a hang or a reset nobody listens any more. */
  async play(fault: FaultAnswer, response: ServerResponse): Promise<Answer> {
    switch (fault.kind) {
      case 'status': {
        const { status, retryAfterSeconds } = fault
        if (retryAfterSeconds !== null) {
          response.setHeader('Retry-After', retryAfterSeconds)
          // Segment says it twice; its browser SDK up to 1.82 reads only this one, as seconds from now as well.
          if (status === 429) response.setHeader('X-RateLimit-Reset', retryAfterSeconds)
        }
        const answered = `${status} ${STATUS_CODES[status] ?? ''}`.trim()
        return { status, code: 'FAULT_ON_PURPOSE', message: errorMessage('FAULT_ON_PURPOSE', { answered }) }
      }
      case 'slow':
        await this.#hold(response, fault.delayMs)
        return success
      case 'hang':
        await this.#hold(response, null)
        response.destroy()
        return success
      case 'reset':
        reset(response)
        return success
    }
  }

  /** Lets all senders go who are kept waiting, and keeps no more: a server does not close before them. */
  end(): void {
    this.#hasEnded = true
    for (const letGo of this.#held) letGo()
  }

  /** Until `delayMs` is over (null for never), the sender has given up, or there is no more room to wait. */
  #hold(response: ServerResponse, delayMs: number | null): Promise<void> {
    if (this.#hasEnded || response.destroyed) return Promise.resolve()
    const held = this.#held
    const limit = this.#limit
    return new Promise((resolve) => {
      const timer = delayMs === null ? undefined : setTimeout(letGo, delayMs)
      function letGo(): void {
        clearTimeout(timer)
        response.off('close', letGo)
        held.delete(letGo)
        resolve()
      }
      response.once('close', letGo)
      held.add(letGo)
      const [first] = held
      if (held.size > limit) first?.()
    })
  }
}

/** Over plain TCP as a machine does that has crashed; TLS knows no such end. */
function reset({ socket }: ServerResponse): void {
  if (socket instanceof TLSSocket) socket.destroy()
  else socket?.resetAndDestroy()
}
