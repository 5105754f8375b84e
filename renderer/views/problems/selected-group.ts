import { computed, watch } from 'vue'
import type { ComputedRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { RouteLocationRaw } from 'vue-router'
import type { ProblemGroup } from '../../../shared/contract/problems.ts'
import { useAddress } from '../../lib/address.ts'
import { addressOfGroup, keyOfAddress, keyOfGroup } from './sections.ts'
import type { ProblemSection } from './sections.ts'

/** The group that stands beside the list, by what the address says of it. */
export function useSelectedGroup(sections: ComputedRef<ProblemSection[]>) {
  const route = useRoute()
  const router = useRouter()
  const rule = useAddress('rule')
  const type = useAddress('type')
  const name = useAddress('name')
  const of = useAddress('of')

  const key = computed(() =>
    rule.value === undefined
      ? null
      : keyOfAddress({ rule: rule.value, type: type.value, name: name.value, of: of.value }),
  )
  const groups = computed(() => sections.value.flatMap((section) => section.groups))
  const index = computed(() => groups.value.findIndex((one) => keyOfGroup(one) === key.value))
  const group = computed(() => groups.value[index.value] ?? null)
  /** Where the chosen one stood: when it is muted, the walk goes on from there. */
  let lastIndex = -1
  watch(index, (now) => (lastIndex = now < 0 ? lastIndex : now), { immediate: true })

  /** The same list with this group beside it; an event that stood there goes. */
  function placeOf(chosen: ProblemGroup | null): RouteLocationRaw {
    const { rule: _rule, type: _type, name: _name, of: _of, event: _event, ...rest } = route.query
    if (chosen === null) return { query: rest }
    const address = Object.entries(addressOfGroup(chosen)).filter(([, value]) => value !== undefined)
    return { query: { ...rest, ...(Object.fromEntries(address) as Record<string, string>) } }
  }

  async function select(chosen: ProblemGroup | null): Promise<void> {
    await router.replace(placeOf(chosen))
  }

  /** Goes to the next group or the one before; at an end, it stays. */
  async function step(by: 1 | -1): Promise<void> {
    const next = index.value >= 0 ? index.value + by : placeInstead(by)
    const chosen = groups.value[Math.min(groups.value.length - 1, Math.max(0, next))] ?? null
    if (chosen !== null) await select(chosen)
  }

  /** Where a walk begins when the chosen group is not in the list. */
  function placeInstead(by: 1 | -1): number {
    if (key.value !== null && lastIndex >= 0) return by > 0 ? lastIndex : lastIndex - 1
    return by > 0 ? 0 : groups.value.length - 1
  }

  return { key, group, placeOf, select, step }
}
