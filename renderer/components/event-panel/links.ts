import { useRoute, useRouter } from 'vue-router'
import type { RouteLocationRaw } from 'vue-router'
import { withTerm } from '../../../shared/query/index.ts'
import type { ValueFilter } from '../json-tree/filter.ts'

/** Where the panel leads to. */
export interface EventLinks {
  /** Another event in the same panel. */
  event(id: number): RouteLocationRaw
  /** The live list for a query. */
  list(query: string): RouteLocationRaw
  /** Narrows the live list by a value; this event stays beside it. */
  filter(filter: ValueFilter): void
}

export function useEventLinks(eventId: () => number): EventLinks {
  const route = useRoute()
  const router = useRouter()
  return {
    event: (id) => ({ query: { ...route.query, event: String(id) } }),
    list: (query) => ({ name: 'live', query: { q: query } }),
    filter({ key, value, exclude }) {
      const isLive = route.name === 'live'
      const query = isLive && typeof route.query['q'] === 'string' ? route.query['q'] : ''
      void router.push({
        name: 'live',
        query: {
          ...(isLive ? route.query : { event: String(eventId()) }),
          q: withTerm(query, key, value, exclude),
        },
      })
    },
  }
}
