import { computed } from 'vue'
import type { WritableComputedRef } from 'vue'
import { catalogListInput } from '../../../shared/contract/catalog.ts'
import type { TrendSpan } from '../../../shared/contract/catalog.ts'
import { useAddress } from '../../lib/address.ts'

/** The time that the trends cover, as the address has it. */
export function useTrendSpan(): WritableComputedRef<TrendSpan> {
  const inAddress = useAddress('trend')
  return computed({
    get: () => catalogListInput.shape.trend.safeParse(inAddress.value).data ?? 'all',
    set: (chosen) => (inAddress.value = chosen === 'all' ? undefined : chosen),
  })
}
