import { computed } from 'vue'
import type { ComputedRef, WritableComputedRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { RouteLocationRaw } from 'vue-router'
import { useAddress } from '../../lib/address.ts'
import { pulse } from '../../lib/pulse.ts'

/**
 * What the lists of users and of accounts have in common: the search and the row one stands on live in the address, so
 * that coming back from somebody leads to where one was.
 */
export function useProfileList(placeOf: (id: string) => RouteLocationRaw): {
  search: WritableComputedRef<string>
  at: WritableComputedRef<string | undefined>
  /** The parts of the pulse that move the list. */
  follows: ComputedRef<unknown>
  open: (id: string) => Promise<void>
} {
  const route = useRoute()
  const router = useRouter()
  const text = useAddress('search')
  const at = useAddress('at')
  return {
    search: computed({ get: () => text.value ?? '', set: (to) => (text.value = to) }),
    at,
    follows: computed(() => [pulse.current.value?.analysedUpTo, pulse.current.value?.deletions]),
    async open(id) {
      await router.replace({ query: { ...route.query, at: id } })
      await router.push(placeOf(id))
    },
  }
}
