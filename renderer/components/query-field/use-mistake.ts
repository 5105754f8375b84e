import { onScopeDispose, shallowRef } from 'vue'
import type { ShallowRef } from 'vue'
import { parseQuery } from '../../../shared/query/index.ts'
import type { QueryMistake } from '../../../shared/query/ast.ts'
import type { Failure } from '../../lib/failure.ts'

/** Half a word is no mistake yet: it is said only when the typing rests, in milliseconds. */
const restMs = 600

export interface MistakeCheck {
  /** What is wrong with the text, once it is time to say so. */
  mistake: Readonly<ShallowRef<QueryMistake | null>>
  /** After each change: a mended query is no mistake at once, a new mistake waits for the typing to rest. */
  changed(text: string): void
  /** Whether the text can be applied; says at once why not. */
  isSound(text: string): boolean
  /** What the engine says of the query in force. */
  refused(failure: Failure | null): void
}

export function useMistake(): MistakeCheck {
  const mistake = shallowRef<QueryMistake | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  onScopeDispose(() => clearTimeout(timer))

  const mistakeIn = (text: string): QueryMistake | null => {
    const parsed = parseQuery(text)
    return parsed.ok ? null : parsed.error
  }

  function say(found: QueryMistake | null): void {
    clearTimeout(timer)
    mistake.value = found
  }

  return {
    mistake,
    changed(text) {
      const found = mistakeIn(text)
      clearTimeout(timer)
      if (found === null || mistake.value !== null) mistake.value = found
      else timer = setTimeout(() => say(mistakeIn(text)), restMs)
    },
    isSound(text) {
      say(mistakeIn(text))
      return mistake.value === null
    },
    refused(failure) {
      const said = failure === null ? null : mistakeOf(failure)
      if (said !== null) say(said)
    },
  }
}

/** QUERY_SYNTAX carries the place; null for any other failure. */
function mistakeOf({ code, message, data }: Failure): QueryMistake | null {
  const { from, to, detail } = data
  if (code !== 'QUERY_SYNTAX' || typeof from !== 'number' || typeof to !== 'number') return null
  return { message: typeof detail === 'string' ? detail : message, from, to, expected: [] }
}

/** What to write in place of a mistaken key, where only one thing can have been meant. */
export function correctionOf(mistake: QueryMistake): string | null {
  const [only] = mistake.expected
  return mistake.expected.length === 1 && only !== undefined && /^\w+[:.]$/.test(only) ? only : null
}
