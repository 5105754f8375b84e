import type { WordIndex } from '../search/word-index.ts'
import { isInPortions } from '../store/queries/id-windows.ts'
import type { InPortions } from '../store/queries/id-windows.ts'

/** What the main thread can ask of whoever keeps the index of words. */
export interface IndexerMethods {
  /** Takes all events up to this id, which the log has reached, into the index. */
  index(input: { upTo: number }): InPortions<void>
}

/**
 * How long a slice is, in milliseconds: queries wait for so long. Each makes a segment of the index, which has to be
 * merged, and writes its pages.
 */
const sliceMs = 20

export function indexerMethods(index: WordIndex): IndexerMethods {
  function slice(upTo: number): boolean {
    const end = performance.now() + sliceMs
    return index.slice(upTo, () => performance.now() >= end)
  }
  return {
    *index({ upTo }) {
      while (slice(upTo)) yield
    },
  }
}

type Method = (input: unknown) => unknown

/** The same methods, which begin again where they have failed because the index was damaged. */
export function mending<Methods extends object>(methods: Methods, index: Pick<WordIndex, 'mend'>): Methods {
  function* inPortions(method: Method, input: unknown, answer: InPortions<unknown>): InPortions<unknown> {
    try {
      return yield* answer
    } catch (error) {
      if (!index.mend(error)) throw error
      return yield* method(input) as InPortions<unknown>
    }
  }
  const mended = Object.entries(methods as Record<string, Method>).map(([name, method]) => {
    const mends: Method = (input) => {
      try {
        const answer = method(input)
        return isInPortions(answer) ? inPortions(method, input, answer) : answer
      } catch (error) {
        if (!index.mend(error)) throw error
        return method(input)
      }
    }
    return [name, mends]
  })
  return Object.fromEntries(mended) as Methods
}
