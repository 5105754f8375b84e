import { computed, shallowRef, watch } from 'vue'
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
    () => [pulse.current.value?.settings, pulse.current.value?.lint],
  )
  /** Where the team keeps the plan, which can't be changed here then; null where it is kept here. */
  const file = computed(() => value.value?.file ?? null)
  const plan = shallowRef<Plan | null>(null)
  /** Changes that are on their way: what the engine says meanwhile is older than what is shown. */
  let underWay = 0
  let lastPut: Promise<unknown> = Promise.resolve()
  let takeBack: (() => void) | null = null
  watch(value, (state) => {
    if (underWay === 0) plan.value = state?.plan ?? null
  })

  /**
   * Saves the plan, or takes it away. It is shown at once, so that the next change builds upon it; where it could not be
   * saved, it is said why, and the plan is shown as it is kept.
   */
  async function save(wanted: Plan | null, told: string): Promise<boolean> {
    const before = plan.value
    if (!(await put(wanted))) return false
    offerUndo(before, told)
    return true
  }

  function put(wanted: Plan | null): Promise<boolean> {
    plan.value = wanted
    underWay += 1
    const done = lastPut.then(() => keep(wanted))
    lastPut = done
    return done
  }

  async function keep(wanted: Plan | null): Promise<boolean> {
    try {
      if (wanted === null) await engine.client.plan.remove()
      else await engine.client.plan.put(wanted)
      return true
    } catch (error) {
      showToast(failureOf(error).message, { tone: 'error' })
      return false
    } finally {
      underWay -= 1
      if (underWay === 0) ask()
    }
  }

  function offerUndo(before: Plan | null, told: string): void {
    // To take back the change before the last one would take the last one back as well.
    takeBack?.()
    takeBack = showToast(told, { action: { label: 'Undo', run: () => void put(before) } })
  }

  return { plan, file, failure, isKnown: computed(() => value.value !== null), ask, save, offerUndo }
}

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
