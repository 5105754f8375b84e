import { computed } from 'vue'
import { useRouter } from 'vue-router'
import { catalogListInput } from '../../../shared/contract/catalog.ts'
import type { CatalogListChoice, CatalogOrder } from '../../../shared/contract/catalog.ts'
import { useAddress } from '../../lib/address.ts'
import { usePages } from '../../lib/pages.ts'
import { pulse } from '../../lib/pulse.ts'
import { useTrendSpan } from './trend-span.ts'

/** Which names are listed. */
export type NameFilters = Pick<CatalogListChoice, 'source' | 'withProblems' | 'withLookAlikes'>

/** What stands for each filter in the address. */
const keys = { source: 'source', withProblems: 'problems', withLookAlikes: 'alike' } as const

/** The names of track calls, as the address asks for them. */
export function useNameList() {
  const searchInAddress = useAddress('search')
  const search = computed({
    get: () => searchInAddress.value ?? '',
    set: (text) => (searchInAddress.value = text === '' ? undefined : text),
  })
  const orderInAddress = useAddress('order')
  const order = computed<CatalogOrder>({
    get: () => catalogListInput.shape.order.safeParse(orderInAddress.value).data ?? 'events',
    set: (chosen) => (orderInAddress.value = chosen === 'events' ? undefined : chosen),
  })
  const trend = useTrendSpan()
  const { filters, filter, showAll } = useNameFilters()
  const pages = usePages(
    () => ({ search: search.value, order: order.value, trend: trend.value, ...filters.value }),
    async (client, input, page) => {
      const { names, ...answer } = await client.catalog.list({ ...input, ...page })
      return { items: names, ...answer }
    },
    () => [pulse.current.value?.analysedUpTo, pulse.current.value?.deletions],
  )
  const total = computed(() => pages.first.value?.total ?? null)
  const isNarrowed = computed(
    () =>
      search.value !== '' ||
      filters.value.source !== undefined ||
      filters.value.withProblems ||
      filters.value.withLookAlikes,
  )
  return { search, order, trend, filters, filter, isNarrowed, showAll, pages, names: pages.items, total }
}

function useNameFilters() {
  const router = useRouter()
  const filters = computed<NameFilters>(() => {
    const { query } = router.currentRoute.value
    const source = query[keys.source]
    return {
      source: typeof source === 'string' ? source : undefined,
      withProblems: query[keys.withProblems] === 'yes',
      withLookAlikes: query[keys.withLookAlikes] === 'yes',
    }
  })
  function filter(change: Partial<NameFilters>): void {
    const { source, withProblems, withLookAlikes } = { ...filters.value, ...change }
    void router.replace({
      query: {
        ...router.currentRoute.value.query,
        // An empty one is a source, too: calls without a write key.
        [keys.source]: source,
        [keys.withProblems]: withProblems ? 'yes' : undefined,
        [keys.withLookAlikes]: withLookAlikes ? 'yes' : undefined,
      },
    })
  }
  /** In one step: two changes of the address at once would undo each other. */
  function showAll(): void {
    const { search: _search, ...query } = router.currentRoute.value.query
    for (const key of Object.values(keys)) delete query[key]
    void router.replace({ query })
  }
  return { filters, filter, showAll }
}
