import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { ComputedRef, Ref, ShallowRef } from 'vue'
import { engine } from './engine.ts'
import type { Client } from './engine.ts'
import { failureOf } from './failure.ts'
import type { Failure } from './failure.ts'

/** What a view shows of one question to the engine. */
export interface Answer<T> {
  /** The latest answer; it stays on the screen while the next one is on its way. null before the first. */
  value: ComputedRef<T | null>
  /** The answer to the question as it stands now; null until it is there. For what would be wrong of another question. */
  current: ComputedRef<T | null>
  /** Why there is no answer to the question as it stands now. */
  failure: Readonly<ShallowRef<Failure | null>>
  /** Whether the answer to a new question is on its way; false while the same one is only asked again. */
  isLoading: Readonly<Ref<boolean>>
  ask(): void
}

/** What is asked again while a flood comes in is asked at most this often, in milliseconds. */
const restMs = 300
/** And rests three times as long as its last answer took, so that slow questions leave room for quick ones. */
const restFactor = 3
const longestRestMs = 2_000

/**
 * Asks the engine, and asks again whenever `input` gives something else, or `follows` does (parts of the pulse, say;
 * it is given the latest answer).
 * While `input` gives null nothing is asked. An answer that comes too late, after a newer question, is dropped.
 */
export function useAnswer<I, T>(
  input: () => I | null,
  ask: (client: Client, input: I, signal: AbortSignal) => Promise<T>,
  follows: (latest: T | null) => unknown = () => null,
): Answer<T> {
  const answered = shallowRef<{ key: string; answer: T } | null>(null)
  const value = computed(() => answered.value?.answer ?? null)
  const current = computed(() => (answered.value?.key === JSON.stringify(input()) ? value.value : null))
  const failure = shallowRef<Failure | null>(null)
  const isLoading = ref(false)
  let underWay: AbortController | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let restUntil = 0
  let isDue = false

  async function run(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    isDue = false
    underWay?.abort()
    const question = input()
    if (question === null) {
      underWay = null
      isLoading.value = false
      answered.value = null
      failure.value = null
      return
    }
    const controller = new AbortController()
    underWay = controller
    const askedAt = performance.now()
    restUntil = askedAt + restMs
    try {
      const answer = await ask(engine.client, question, controller.signal)
      if (underWay !== controller) return
      answered.value = { key: JSON.stringify(question), answer }
      failure.value = null
    } catch (error) {
      if (underWay !== controller || controller.signal.aborted) return
      // A line that breaks in the middle is no answer: the question is put again once it is mended.
      if (engine.state.value !== 'open') isDue = true
      else failure.value = failureOf(error)
    }
    underWay = null
    const now = performance.now()
    restUntil = Math.max(restUntil, now + Math.min(longestRestMs, restFactor * (now - askedAt)))
    isLoading.value = false
    if (isDue) schedule()
  }

  /** Not sooner than the rest, and never while a question is under way: then once more after it. */
  function schedule(): void {
    if (underWay !== null || engine.state.value !== 'open') isDue = true
    else timer ??= setTimeout(() => void run(), Math.max(0, restUntil - performance.now()))
  }

  function renew(): void {
    isLoading.value = input() !== null
    void run()
  }

  watch(() => JSON.stringify(input()), renew, { immediate: true })
  watch(() => JSON.stringify(follows(value.value)), schedule)
  watch(engine.state, (state) => {
    if (state === 'open' && isDue) schedule()
  })
  onScopeDispose(() => {
    clearTimeout(timer)
    underWay?.abort()
    underWay = null
  })
  return { value, current, failure, isLoading, ask: renew }
}
