import { computed, shallowRef, watch } from 'vue'
import type { ComputedRef, Ref, ShallowRef } from 'vue'
import { pageLimit } from '../../shared/contract/schemas.ts'
import { useAnswer } from './answer.ts'
import { engine } from './engine.ts'
import type { Client } from './engine.ts'
import { failureOf } from './failure.ts'
import type { Failure } from './failure.ts'

interface Page {
  items: unknown[]
  nextCursor: string | null
}

export interface Pages<P extends Page> {
  items: ComputedRef<P['items'][number][]>
  /** The first page, with what its answer says beside its items; null until the first answer is there. */
  first: ComputedRef<P | null>
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
export function usePages<I, P extends Page>(
  input: () => I | null,
  ask: (client: Client, input: I, page: { limit: number; cursor?: string }) => Promise<P>,
  follows?: () => unknown,
): Pages<P> {
  let shown = firstPage
  const further: ShallowRef<P[]> = shallowRef([])
  const furtherFailure = shallowRef<Failure | null>(null)
  const first = useAnswer<I, P>(input, (client, question) => ask(client, question, { limit: shown }), follows)
  const cursor = computed(() => (further.value.at(-1) ?? first.value.value)?.nextCursor ?? null)
  const items = computed(() => [
    ...(first.value.value?.items ?? []),
    ...further.value.flatMap((page) => page.items),
  ])
  /** Grows with each new question: a page of an older one is dropped. */
  let generation = 0
  /** The generation to which a page is being added. */
  let adding: number | null = null

  function forget(): void {
    further.value = []
    furtherFailure.value = null
  }
  watch(
    () => JSON.stringify(input()),
    () => {
      generation += 1
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
    const asked = generation
    if (from === null || question === null || adding === asked) return
    // Until a new question is answered, the list and its end are those of the last one.
    if (first.current.value === null) return
    adding = asked
    try {
      const page = await ask(engine.client, question, { limit: firstPage, cursor: from })
      // The list may have been read anew meanwhile: then this page belongs to the old one.
      if (asked !== generation || cursor.value !== from) return
      further.value = [...further.value, page]
      shown = Math.min(pageLimit, items.value.length)
    } catch (error) {
      if (asked === generation) furtherFailure.value = failureOf(error)
    } finally {
      if (adding === asked) adding = null
    }
  }

  return {
    items,
    first: first.value,
    failure: computed(() => first.failure.value ?? furtherFailure.value),
    isLoading: first.isLoading,
    isKnown: computed(() => first.value.value !== null),
    hasMore: computed(() => cursor.value !== null),
    more,
    ask: first.ask,
  }
}
