import { computed, shallowRef } from 'vue'
import type { ComputedRef, ShallowRef } from 'vue'
import { showToast } from '../../lib/toasts.ts'
import { idQuery } from '../../lib/id-query.ts'

/** A query has room for so many ids, and a hand has not the patience for more. */
const mostPicked = 1_000

export interface Picks {
  ids: Readonly<ShallowRef<ReadonlySet<number>>>
  /** The query that finds just these. */
  query: ComputedRef<string>
  toggle(id: number): void
  /** From the last one that was picked to this one, as they stand in the list. */
  extend(id: number, rows: readonly number[]): void
  clear(): void
}

export function usePicks(): Picks {
  const ids = shallowRef<ReadonlySet<number>>(new Set())
  let anchor: number | null = null

  function pick(wanted: Set<number>): void {
    const kept = [...wanted].slice(0, mostPicked)
    if (kept.length < wanted.size)
      showToast('A thousand events can be picked by hand. Narrow the query to take more at once.')
    ids.value = new Set(kept)
  }

  return {
    ids,
    query: computed(() => idQuery(ids.value)),
    toggle(id) {
      const wanted = new Set(ids.value)
      if (!wanted.delete(id)) wanted.add(id)
      anchor = id
      pick(wanted)
    },
    extend(id, rows) {
      const from = rows.indexOf(anchor ?? id)
      const to = rows.indexOf(id)
      anchor = id
      if (from < 0 || to < 0) pick(new Set([...ids.value, id]))
      else pick(new Set([...ids.value, ...rows.slice(Math.min(from, to), Math.max(from, to) + 1)]))
    },
    clear() {
      anchor = null
      if (ids.value.size > 0) ids.value = new Set()
    },
  }
}
