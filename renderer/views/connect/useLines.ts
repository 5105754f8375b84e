import { computed, ref, watch } from 'vue'
import type { ComputedRef, Ref, WritableComputedRef } from 'vue'
import { useAddress } from '../../lib/address.ts'
import { addressesFor } from './addresses.ts'
import type { Address, Capture, Https } from './addresses.ts'
import { targetOf } from './sdks/index.ts'
import type { Sdk, Target, Variant } from './sdks/index.ts'

export interface Lines {
  variantId: WritableComputedRef<string>
  variant: ComputedRef<Variant>
  /** The address that the lines carry. */
  address: WritableComputedRef<string>
  addresses: ComputedRef<Address[]>
  writeKey: WritableComputedRef<string>
  /** null until the engine has said where it captures. */
  target: ComputedRef<Target | null>
  code: ComputedRef<string>
  https: ComputedRef<Https | null>
}

/** The lines of an SDK, as they were chosen: which way, to which address, under which write key. */
export function useLines(sdk: Ref<Sdk>, capture: () => Capture | null): Lines {
  const variantInAddress = useAddress('lines')
  const urlInAddress = useAddress('address')
  const keyInAddress = useAddress('key')

  const variant = computed(
    () => sdk.value.variants.find(({ id }) => id === variantInAddress.value) ?? sdk.value.variants[0],
  )
  const variantId = computed({
    get: () => variant.value.id,
    set: (id) => (variantInAddress.value = id),
  })
  const addresses = computed(() => {
    const where = capture()
    return where === null ? [] : addressesFor(where, sdk.value, variant.value)
  })
  const address = computed({
    get: () =>
      (addresses.value.find(({ url }) => url === urlInAddress.value) ?? addresses.value[0])?.url ?? '',
    set: (url) => (urlInAddress.value = url),
  })
  // The address forgets an empty text; the field must not fill itself again while it is emptied.
  const typedKey = ref<string | null>(null)
  watch(sdk, () => (typedKey.value = null))
  watch(keyInAddress, (key) => {
    if (key !== undefined) typedKey.value = null
  })
  const writeKey = computed({
    get: () => typedKey.value ?? keyInAddress.value ?? sdk.value.writeKey,
    set: (key) => {
      typedKey.value = key
      keyInAddress.value = key
    },
  })
  const target = computed(() =>
    address.value === '' ? null : targetOf(address.value, writeKey.value || sdk.value.writeKey),
  )
  const code = computed(() => (target.value === null ? '' : variant.value.code(target.value)))
  const https = computed(() => capture()?.https ?? null)
  return { variantId, variant, address, addresses, writeKey, target, code, https }
}
