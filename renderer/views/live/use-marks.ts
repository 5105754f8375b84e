import { computed } from 'vue'
import type { ComputedRef } from 'vue'
import { preferences } from '../../lib/preferences.ts'
import { useStatus } from '../../lib/status.ts'
import { idQuery } from '../../lib/id-query.ts'

const mostMarks = 1_000

export interface Marks {
  ids: ComputedRef<ReadonlySet<number>>
  /** The query that finds what is marked; empty when nothing is. */
  query: ComputedRef<string>
  /** Whether it is marked now. */
  toggle(id: number): boolean
}

/** Events that a person wants to find again, by the log that they are in. */
export function useMarks(): Marks {
  const store = useStatus()
  const log = computed(() => store.status?.data ?? '')
  const ids = computed(() => new Set(preferences.marks.value[log.value] ?? []))
  return {
    ids,
    query: computed(() => idQuery(ids.value)),
    toggle(id) {
      const marked = new Set(ids.value)
      const isNew = !marked.delete(id)
      if (isNew) marked.add(id)
      preferences.marks.value = { ...preferences.marks.value, [log.value]: [...marked].slice(-mostMarks) }
      return isNew
    },
  }
}
