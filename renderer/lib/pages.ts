import { computed, shallowRef, watch } from 'vue'
import type { ComputedRef, Ref, ShallowRef } from 'vue'
import { pageLimit } from '../../shared/contract/schemas.ts'
import { useAnswer } from './answer.ts'
import { engine } from './engine.ts'
import type { Client } from './engine.ts'
import { failureOf } from './failure.ts'
import type { Failure } from './failure.ts'

interface Page<T> {
  items: T[]
  nextCursor: string | null
}

export interface Pages<T> {
  items: ComputedRef<T[]>
  failure: ComputedRef<Failure | null>
  /** Whether the answer to a new question is on its way. */
  isLoading: Readonly<Ref<boolean>>
  /** False until the first answer is there. */
  isKnown: ComputedRef<boolean>
  hasMore: ComputedRef<boolean>
  /** Adds the next page; does nothing while one is on its way or when there is none. */
  more(): Promise<void>
  ask(): void
}

const firstPage = 100

/**
 * A list that grows by pages as it is scrolled. When what it follows has moved, all that is shown is read anew, up to
 * what one page may hold, so that a list by "last seen" stays in order; pages behind that come back on scrolling.
 */
export function usePages<I, T>(
  input: () => I | null,
  ask: (client: Client, input: I, page: { limit: number; cursor?: string }) => Promise<Page<T>>,
  follows?: () => unknown,
): Pages<T> {
  let shown = firstPage
  const further: ShallowRef<Page<T>[]> = shallowRef([])
  const furtherFailure = shallowRef<Failure | null>(null)
  const first = useAnswer<I, Page<T>>(
    input,
    (client, question) => ask(client, question, { limit: shown }),
    follows,
  )
  const cursor = computed(() => (further.value.at(-1) ?? first.value.value)?.nextCursor ?? null)
  const items = computed(() => [
    ...(first.value.value?.items ?? []),
    ...further.value.flatMap((page) => page.items),
  ])
  let isAdding = false

  function forget(): void {
    further.value = []
    furtherFailure.value = null
  }
  watch(
    () => JSON.stringify(input()),
    () => {
      shown = firstPage
      forget()
    },
    // Before the question is asked with the number of rows that the last one had come to.
    { flush: 'sync' },
  )
  watch(first.value, forget, { flush: 'sync' })

  async function more(): Promise<void> {
    const from = cursor.value
    const question = input()
    if (from === null || isAdding || question === null) return
    isAdding = true
    try {
      const page = await ask(engine.client, question, { limit: firstPage, cursor: from })
      // The list may have been read anew meanwhile: then this page belongs to the old one.
      if (cursor.value !== from) return
      further.value = [...further.value, page]
      shown = Math.min(pageLimit, items.value.length)
    } catch (error) {
      furtherFailure.value = failureOf(error)
    } finally {
      isAdding = false
    }
  }

  return {
    items,
    failure: computed(() => first.failure.value ?? furtherFailure.value),
    isLoading: first.isLoading,
    isKnown: computed(() => first.value.value !== null),
    hasMore: computed(() => cursor.value !== null),
    more,
    ask: first.ask,
  }
}
