import { computed } from 'vue'
import type { ComputedRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { RouteLocationRaw } from 'vue-router'
import type { ProblemGroup } from '../../../shared/contract/problems.ts'
import { useAddress } from '../../lib/address.ts'
import { addressOfGroup, keyOfGroup } from './sections.ts'
import type { ProblemSection } from './sections.ts'

/** The group that stands beside the list, by what the address says of it. */
export function useSelectedGroup(sections: ComputedRef<ProblemSection[]>) {
  const route = useRoute()
  const router = useRouter()
  const rule = useAddress('rule')
  const type = useAddress('type')
  const name = useAddress('name')

  const key = computed(() =>
    rule.value === undefined ? null : JSON.stringify([rule.value, type.value ?? '', name.value ?? '']),
  )
  const groups = computed(() => sections.value.flatMap((section) => section.groups))
  const group = computed(() => groups.value.find((one) => keyOfGroup(one) === key.value) ?? null)

  /** The same list with this group beside it; an event that stood there goes. */
  function placeOf(chosen: ProblemGroup | null): RouteLocationRaw {
    const { rule: _rule, type: _type, name: _name, event: _event, ...rest } = route.query
    if (chosen === null) return { query: rest }
    const address = Object.entries(addressOfGroup(chosen)).filter(([, value]) => value !== undefined)
    return { query: { ...rest, ...(Object.fromEntries(address) as Record<string, string>) } }
  }

  async function select(chosen: ProblemGroup | null): Promise<void> {
    await router.replace(placeOf(chosen))
  }

  /** Goes to the next group or the one before; at an end, it stays. */
  async function step(by: 1 | -1): Promise<void> {
    const index = groups.value.findIndex((one) => keyOfGroup(one) === key.value)
    const next = index < 0 ? (by > 0 ? 0 : groups.value.length - 1) : index + by
    const chosen = groups.value[Math.min(groups.value.length - 1, Math.max(0, next))] ?? null
    if (chosen !== null) await select(chosen)
  }

  return { key, group, placeOf, select, step }
}
