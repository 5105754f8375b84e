import { isJsonObject } from '../../shared/normalise.ts'
import type { HeardAnswer } from './conversation.ts'

/** What the log has of one request. */
export interface Kept {
  events: number
  accepted: number
  /** The code of its only rejection, or of one of them. */
  rejection: string | null
}

/** Fails with a sentence. */
export function must(holds: boolean, sentence: string): asserts holds {
  if (!holds) throw new Error(sentence)
}

function shown({ status, body }: HeardAnswer): string {
  return `${status} ${body.toString().slice(0, 300)}`
}

/** The code of a refusal, null of a success; fails where an SDK could not make out which it is. */
export function codeOf(answer: HeardAnswer): string | null {
  must(answer.status >= 200 && answer.status < 500, `answered with ${shown(answer)}`)
  must(
    answer.headers.get('content-type') === 'application/json',
    `is no JSON by its header: ${shown(answer)}`,
  )
  let body: unknown
  try {
    body = JSON.parse(answer.body.toString())
  } catch {
    throw new Error(`is no JSON: ${shown(answer)}`)
  }
  must(isJsonObject(body), `is no object: ${shown(answer)}`)
  if (answer.status === 200) {
    must(answer.body.toString() === '{"success":true}', `is no success as SDKs know it: ${shown(answer)}`)
    return null
  }
  const { success, code, message, error } = body
  must(success === false && error === message, `is no refusal as SDKs know it: ${shown(answer)}`)
  must(
    typeof code === 'string' && typeof message === 'string' && message !== '',
    `says nothing: ${shown(answer)}`,
  )
  return code
}

/** How many events a taken body makes; null where that can't be told from here. */
function eventsOf(plain: Buffer | null): number | null {
  if (plain === null) return null
  const value: unknown = JSON.parse(plain.toString().replace(/^\ufeff/, ''))
  const batch: unknown = isJsonObject(value) ? value['batch'] : undefined
  return Array.isArray(batch) ? batch.length : 1
}

/** What was answered 200 is events, as many as it had calls; what was refused is one rejected event that says why. */
export function mustBeKept(answer: HeardAnswer, plain: Buffer | null, kept: readonly Kept[]): void {
  const code = codeOf(answer)
  must(kept.length === 1, `is ${kept.length} times in the log: ${shown(answer)}`)
  const [only] = kept
  must(only !== undefined, 'is in the log')
  if (code === null) {
    const events = eventsOf(plain)
    must(
      events === null || only.events === events,
      `has ${events} calls, the log has ${only.events} events: ${shown(answer)}`,
    )
    return
  }
  must(
    only.events === 1 && only.accepted === 0 && only.rejection === code,
    `was refused, and the log has ${JSON.stringify(only)}: ${shown(answer)}`,
  )
}
