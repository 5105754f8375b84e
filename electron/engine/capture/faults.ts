import { createHash } from 'node:crypto'
import type { Fault } from '../../../shared/contract/settings.ts'
import type { FaultAnswer } from '../../../shared/fault.ts'
import type { LogEvent } from '../store/append.ts'

/** What tells one call or batch from the next, and a retry from neither. */
type Attempted = Pick<LogEvent, 'source' | 'messageId' | 'payload'>

/** Of so many calls or batches a fault remembers how often they were tried; the longest silent are forgotten first. */
const rememberedAttempts = 10_000

/** A fault that is on, with what it has done since then. */
interface ActiveFault {
  fault: Fault
  /** The fault as text: one that comes back unchanged goes on where it was. */
  key: string
  requests: number
  attempts: Map<string, number>
}

/** Decides which requests are answered wrongly on purpose. */
export class FaultChooser {
  /** Gives a number from 0 up to, but not including, 1. */
  readonly #random: () => number
  #active: ActiveFault[] = []

  constructor(random: () => number) {
    this.#random = random
  }

  /** A fault that was there before, and on, keeps its count. */
  set(faults: readonly Fault[]): void {
    const before = new Map(this.#active.map((active) => [active.key, active]))
    this.#active = faults
      .filter(({ on }) => on)
      .map((fault) => {
        const key = JSON.stringify(fault)
        return before.get(key) ?? { fault, key, requests: 0, attempts: new Map<string, number>() }
      })
  }

  /** How the request with these events is to be answered; null for the truth. */
  choose(events: readonly Attempted[]): FaultAnswer | null {
    if (this.#active.length === 0) return null
    const first = events[0]
    const active = this.#active.find(
      (one) => (one.fault.source === null || one.fault.source === first?.source) && this.#isDue(one, first),
    )
    return active?.fault.answer ?? null
  }

  #isDue(active: ActiveFault, first: Attempted | undefined): boolean {
    const { when } = active.fault
    switch (when.kind) {
      case 'share':
        return this.#random() * 100 < when.percent
      case 'firstRequests':
        active.requests += 1
        return active.requests <= when.requests
      case 'firstAttempts':
        return attemptsSoFar(active.attempts, first) <= when.attempts
    }
  }
}

/** This attempt among them. An SDK sends the same messageId again; without one, the same text. */
function attemptsSoFar(attempts: Map<string, number>, first: Attempted | undefined): number {
  // Hashed, because either may be megabytes long.
  const id = createHash('sha256')
    .update(first?.messageId ?? first?.payload ?? '')
    .digest('base64')
  const count = (attempts.get(id) ?? 0) + 1
  attempts.delete(id)
  attempts.set(id, count)
  if (attempts.size > rememberedAttempts) {
    const [longestSilent = id] = attempts.keys()
    attempts.delete(longestSilent)
  }
  return count
}
