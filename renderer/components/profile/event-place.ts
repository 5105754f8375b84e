import { useRoute } from 'vue-router'
import type { RouteLocationRaw } from 'vue-router'

/** This very place, with another event beside it. */
export function useEventPlace(): (id: number) => RouteLocationRaw {
  const route = useRoute()
  return (id) => ({ query: { ...route.query, event: String(id) } })
}
