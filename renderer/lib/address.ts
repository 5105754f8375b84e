import { computed } from 'vue'
import type { WritableComputedRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'

/**
 * A value that lives in the address, so that a link, a reload and the back button show the same. `undefined` takes it
 * off. With `push` a change can be gone back from; else it replaces the place where it was made.
 */
export function useAddress(key: string, { push = false } = {}): WritableComputedRef<string | undefined> {
  const route = useRoute()
  const router = useRouter()
  return computed({
    get() {
      const value = route.query[key]
      return typeof value === 'string' ? value : undefined
    },
    set(value) {
      if (value === route.query[key]) return
      const { [key]: _gone, ...query } = route.query
      const to = { query: value === undefined || value === '' ? query : { ...query, [key]: value } }
      void (push ? router.push(to) : router.replace(to))
    },
  })
}

/** The event that stands beside the list. */
export function useSelectedEvent(): WritableComputedRef<number | null> {
  const text = useAddress('event')
  return computed({
    get: () => (/^\d+$/.test(text.value ?? '') ? Number(text.value) : null),
    set: (id) => {
      text.value = id === null ? undefined : String(id)
    },
  })
}

/** The query of a list, empty where there is none. */
export function useQueryText(): WritableComputedRef<string> {
  const text = useAddress('q', { push: true })
  return computed({ get: () => text.value ?? '', set: (query) => (text.value = query.trim()) })
}
