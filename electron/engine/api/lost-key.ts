import { TracksideError } from '../../../shared/contract/errors.ts'

/**
 * Raises INPUT_INVALID where an object anywhere in the input has a key `__proto__`. The schemas leave it out without a
 * word: who mutes a rule at an event of that name would be told that it was done.
 */
export function refuseLostKey(input: unknown): void {
  // A list of what is still to be seen, because JSON may be nested deeper than a function can call itself.
  const waiting: unknown[] = [input]
  while (waiting.length > 0) {
    const value = waiting.pop()
    if (typeof value !== 'object' || value === null) continue
    if (Object.hasOwn(value, '__proto__'))
      throw new TracksideError('INPUT_INVALID', { detail: 'nothing can be called `__proto__` here' })
    for (const inner of Object.values(value)) waiting.push(inner)
  }
}
