import { computed } from 'vue'
import type { ComputedRef } from 'vue'
import { useAnswer } from '../../lib/answer.ts'
import { pulse } from '../../lib/pulse.ts'

/** How many events the query finds, kept up with the log; null until it is known, and for null as query. */
export function useMatching(query: () => string | null): ComputedRef<number | null> {
  const { current } = useAnswer(
    () => query() || null,
    async (client, text) => (await client.events.list({ query: text, limit: 1, total: true })).total ?? null,
    () => [pulse.current.value?.analysedUpTo, pulse.current.value?.deletions],
  )
  return computed(() => (query() === '' ? (pulse.current.value?.events ?? null) : current.value))
}
