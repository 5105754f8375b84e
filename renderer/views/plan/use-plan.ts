import { computed } from 'vue'
import { useAddress } from '../../lib/address.ts'
import { useAnswer } from '../../lib/answer.ts'
import { engine } from '../../lib/engine.ts'
import { failureOf } from '../../lib/failure.ts'
import { pulse } from '../../lib/pulse.ts'
import { useStatus } from '../../lib/status.ts'
import { showToast } from '../../lib/toasts.ts'
import { withTerm } from '../../../shared/query/index.ts'
import type { Plan } from '../../../shared/plan/plan.ts'

/** The plan as it is kept, and its changes: each is saved at once and can be taken back. */
export function usePlan() {
  const { value, failure, ask } = useAnswer(
    () => true,
    (client) => client.plan.get(),
    () => pulse.current.value?.settings,
  )
  const plan = computed<Plan | null>(() => value.value?.plan ?? null)
  let takeBack: (() => void) | null = null

  /** Saves the plan, or takes it away; false where it could not be, and then it is said why. */
  async function save(wanted: Plan | null, told: string): Promise<boolean> {
    const before = plan.value
    if (!(await put(wanted))) return false
    offerUndo(before, told)
    return true
  }

  async function put(wanted: Plan | null): Promise<boolean> {
    try {
      if (wanted === null) await engine.client.plan.remove()
      else await engine.client.plan.put(wanted)
      ask()
      return true
    } catch (error) {
      showToast(failureOf(error).message, { tone: 'error' })
      ask()
      return false
    }
  }

  function offerUndo(before: Plan | null, told: string): void {
    // To take back the change before the last one would take the last one back as well.
    takeBack?.()
    takeBack = showToast(told, { action: { label: 'Undo', run: () => void put(before) } })
  }

  return { plan, failure, isKnown: computed(() => value.value !== null), ask, save, offerUndo }
}
export type PlanStore = ReturnType<typeof usePlan>

/** Since when events count as seen: ever, since the engine's start, or since a moment that was chosen here. */
export type Since = 'ever' | 'start' | 'now'

/** Which planned events have come; the address says since when. */
export function usePlanCoverage(plan: () => Plan | null) {
  const inAddress = useAddress('since')
  const status = useStatus()
  const since = computed<Since>({
    get: () => (inAddress.value === undefined ? 'ever' : inAddress.value === 'start' ? 'start' : 'now'),
    set: (chosen) => {
      inAddress.value =
        chosen === 'ever' ? undefined : chosen === 'start' ? 'start' : new Date().toISOString()
    },
  })
  const from = computed(() => {
    if (since.value === 'ever') return null
    return since.value === 'start' ? (status.status?.startedAt ?? null) : (inAddress.value ?? null)
  })
  const { value, failure, ask } = useAnswer(
    () => (plan() === null ? null : { query: from.value === null ? '' : withTerm('', 'since', from.value) }),
    (client, input) => client.plan.coverage(input),
    () => [pulse.current.value?.analysedUpTo, pulse.current.value?.deletions, pulse.current.value?.settings],
  )
  return { coverage: value, failure, ask, since, from }
}
