import { computed } from 'vue'
import { catalogListInput } from '../../../shared/contract/catalog.ts'
import type { CatalogOrder } from '../../../shared/contract/catalog.ts'
import { useAddress } from '../../lib/address.ts'
import { usePages } from '../../lib/pages.ts'
import { pulse } from '../../lib/pulse.ts'

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
  const pages = usePages(
    () => ({ search: search.value, order: order.value }),
    async (client, input, page) => {
      const { names, nextCursor } = await client.catalog.list({ ...input, ...page })
      return { items: names, nextCursor }
    },
    () => [pulse.current.value?.analysedUpTo, pulse.current.value?.deletions],
  )
  return { search, order, pages }
}
