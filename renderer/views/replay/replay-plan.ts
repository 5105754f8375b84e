import { computed, ref, shallowRef } from 'vue'
import type { ComputedRef, Ref, ShallowRef } from 'vue'
import { useAnswer } from '../../lib/answer.ts'
import { engine } from '../../lib/engine.ts'
import { failureOf } from '../../lib/failure.ts'
import type { Failure } from '../../lib/failure.ts'
import type { ReplayPlan } from '../../../shared/contract/schemas.ts'
import type { ReplayTerms } from './replay-terms.ts'

export interface PlannedReplay {
  /** The latest plan; it stays on the screen while the next one is made. */
  plan: ComputedRef<ReplayPlan | null>
  failure: Readonly<ShallowRef<Failure | null>>
  isPlanning: Readonly<Ref<boolean>>
  /** Whether the plan is the one of what stands on the page now. */
  isCurrent: ComputedRef<boolean>
  replan(): void
  canStart: ComputedRef<boolean>
  isStarting: Readonly<Ref<boolean>>
  startFailure: Readonly<ShallowRef<Failure | null>>
  /** Carries out the plan that is shown, and nothing else. Gives the id of the job; null when it did not start. */
  start(confirm: string): Promise<number | null>
}

/** The engine may have heard the order all the same. */
const lineBroke: Failure = {
  code: 'ENGINE_UNREACHABLE',
  message:
    'The engine stopped answering while the replay was started. Look at the list of replays before you start it again: it may have begun.',
  data: {},
}

export function useReplayPlan(terms: ReplayTerms): PlannedReplay {
  const question = computed(() => {
    const destinationId = terms.destinationId.value
    const options = terms.options.value
    if (destinationId === null || options === null) return null
    return { query: terms.query.value, destinationId, preset: terms.preset.value, options }
  })
  const { value, current, failure, isLoading, ask } = useAnswer(
    () => question.value,
    async (client, asked, signal) => ({
      asked,
      plan: (await client.replays.create({ ...asked, start: false }, { signal })).plan,
    }),
  )
  const isCurrent = computed(() => current.value !== null && !isLoading.value && failure.value === null)
  const isStarting = ref(false)
  const startFailure = shallowRef<Failure | null>(null)
  // An order that waits for the engine to come back would be carried out when nobody expects it any more.
  const canStart = computed(() => isCurrent.value && !isStarting.value && engine.state.value === 'open')

  async function start(confirm: string): Promise<number | null> {
    const shown = current.value
    if (shown === null || !canStart.value) return null
    isStarting.value = true
    startFailure.value = null
    try {
      const { asked, plan } = shown
      const writeKey = terms.writeKey.value
      const { replay } = await engine.client.replays.create({
        ...asked,
        options: writeKey === '' ? asked.options : { ...asked.options, writeKey },
        start: true,
        upTo: plan.upTo,
        ...(plan.destination.production ? { confirm } : {}),
      })
      return replay?.id ?? null
    } catch (error) {
      startFailure.value = engine.state.value === 'open' ? failureOf(error) : lineBroke
      return null
    } finally {
      isStarting.value = false
    }
  }

  return {
    plan: computed(() => value.value?.plan ?? null),
    failure,
    isPlanning: isLoading,
    isCurrent,
    replan: ask,
    canStart,
    isStarting,
    startFailure,
    start,
  }
}
