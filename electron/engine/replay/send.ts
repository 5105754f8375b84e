import type { Settlement } from '../store/replay-writes.ts'
import { adviceOf, retryAfterMs, verdictOf } from './answer.ts'
import type { OutgoingCall } from './call-page.ts'
import type { Clock } from './clock.ts'
import { Exchange } from './exchange.ts'
import type { Reply, Target } from './exchange.ts'
import type { Rate } from './rate.ts'

export interface Patience {
  /** How long one request may take, in milliseconds. */
  timeoutMs: number
  /** How often the same request is tried before the destination counts as down. */
  attempts: number
  /** The longest wait before the second attempt, in milliseconds; it doubles with each further one. */
  firstWaitMs: number
  longestWaitMs: number
  /** The longest `Retry-After` that is waited for, in milliseconds; above it the job pauses. */
  longestRetryAfterMs: number
  /** How many refusals in a row, with nothing accepted before, show that the destination takes nothing at all. */
  refusals: number
}

/** Ten attempts take three minutes or so: a restart of a service, not an outage. */
export const usualPatience: Patience = {
  timeoutMs: 30_000,
  attempts: 10,
  firstWaitMs: 500,
  longestWaitMs: 60_000,
  longestRetryAfterMs: 10 * 60_000,
  refusals: 100,
}

/** The destination can't be served as things stand; what is unsettled stays to be sent. */
export class DestinationTrouble extends Error {
  override readonly name = 'DestinationTrouble'
}

export interface SenderParts {
  target: Target
  rate: Rate
  clock: Clock
  /** From 0 to 1. */
  random(): number
  patience: Patience
}

type Answered = Extract<Reply, { kind: 'answer' }> & { attempts: number }

/** Brings requests to a destination: again where it makes sense, halved where one call spoils the others. */
export class Sender {
  readonly #parts: SenderParts
  readonly #exchange: Exchange
  readonly #stopping = new AbortController()
  readonly #host: string
  /** Epoch ms: a 429 is meant for all lanes. */
  #blockedUntil = 0
  #hasSent = false
  #refused = 0

  constructor(parts: SenderParts) {
    this.#parts = parts
    this.#host = new URL(parts.target.url).host
    this.#exchange = new Exchange(parts.target, parts.patience.timeoutMs)
  }

  /**
   * Sends the calls in their order and settles each once its end is known; waits for `settle`, so that at a crash no
   * more is unwritten than what one lane had under way. Returns early after `stop`: what is not settled was not sent.
   * Raises DestinationTrouble.
   */
  async send(
    calls: readonly OutgoingCall[],
    settle: (settlement: Settlement) => Promise<void>,
  ): Promise<void> {
    const pieces = [calls]
    for (let piece = pieces.shift(); piece !== undefined; piece = pieces.shift()) {
      const answer = await this.#deliver(piece)
      if (answer === null) return
      const verdict = verdictOf(answer.status)
      if (verdict === 'halve' && piece.length > 1) {
        const middle = Math.ceil(piece.length / 2)
        pieces.unshift(piece.slice(0, middle), piece.slice(middle))
        continue
      }
      await settle({
        eventIds: piece.map((call) => call.eventId),
        outcome: verdict === 'sent' ? 'sent' : 'failed',
        status: answer.status,
        attempts: answer.attempts,
        message: verdict === 'sent' ? null : answer.body || `HTTP ${answer.status} without a word`,
      })
      this.#countRefusals(verdict === 'sent' ? 0 : piece.length, answer)
    }
  }

  /** No further attempts; what is under way comes to its end. */
  stop(): void {
    this.#stopping.abort()
  }

  async close(): Promise<void> {
    this.stop()
    await this.#exchange.close()
  }

  /** The first answer that is an end; null when stopped before it came. */
  async #deliver(calls: readonly OutgoingCall[]): Promise<Answered | null> {
    const { rate, clock, patience } = this.#parts
    const { signal } = this.#stopping
    for (let attempt = 1; ; attempt += 1) {
      await rate.take(calls.length, signal)
      for (let now = clock.now(); this.#blockedUntil > now && !signal.aborted; now = clock.now()) {
        await clock.sleep(this.#blockedUntil - now, signal)
      }
      if (signal.aborted) return null
      const reply = await this.#exchange.post(calls, clock.now())
      if (reply.kind === 'answer') {
        const verdict = verdictOf(reply.status)
        if (verdict === 'trouble') throw this.#trouble(reply, adviceOf(reply.status, reply.location))
        if (verdict !== 'again') return { ...reply, attempts: attempt }
      }
      if (signal.aborted) return null
      if (attempt >= patience.attempts) {
        throw this.#trouble(reply, `It was tried ${attempt} times. Resume when it is back`)
      }
      await this.#wait(reply, attempt)
    }
  }

  async #wait(reply: Reply, attempt: number): Promise<void> {
    const { clock, random, patience } = this.#parts
    const ceiling = Math.min(patience.longestWaitMs, patience.firstWaitMs * 2 ** (attempt - 1))
    // Half of it by chance: lanes that failed together do not come back together.
    let ms = ceiling / 2 + (random() * ceiling) / 2
    if (reply.kind === 'answer') {
      const asked = retryAfterMs(reply.retryAfter, clock.now())
      if (asked !== null && asked > patience.longestRetryAfterMs) {
        const until = new Date(clock.now() + asked).toISOString()
        throw this.#trouble(reply, `It asks to wait until ${until}. Resume then`)
      }
      ms = Math.max(ms, asked ?? 0)
      if (reply.status === 429) this.#blockedUntil = Math.max(this.#blockedUntil, clock.now() + ms)
    }
    await clock.sleep(ms, this.#stopping.signal)
  }

  #countRefusals(refused: number, answer: Answered): void {
    if (refused === 0) {
      this.#hasSent = true
      return
    }
    this.#refused += refused
    if (this.#hasSent || this.#refused < this.#parts.patience.refusals) return
    throw this.#trouble(answer, `It has refused the first ${this.#refused} events, and taken none`)
  }

  #trouble(reply: Reply, advice: string): DestinationTrouble {
    const what =
      reply.kind === 'none'
        ? `could not be reached (${reply.message})`
        : `answered ${reply.status}${reply.body === '' ? '' : ` (${reply.body.slice(0, 200)})`}`
    return new DestinationTrouble(`${this.#host} ${what}. ${advice}.`)
  }
}
