import { computed } from 'vue'
import type { WritableComputedRef } from 'vue'
import { useAddress } from '../../lib/address.ts'

/** Stands for the previous event of the same name. */
export const previousEvent = 'previous'
export type Compared = typeof previousEvent | number

/** With which event the one in the panel is compared; null where it is not. It lives in the address. */
export function useCompared(): WritableComputedRef<Compared | null> {
  const text = useAddress('compare', { push: true })
  return computed({
    get() {
      if (text.value === previousEvent) return previousEvent
      return /^\d+$/.test(text.value ?? '') ? Number(text.value) : null
    },
    set: (compared) => (text.value = compared === null ? undefined : String(compared)),
  })
}
