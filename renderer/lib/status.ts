import { defineStore } from 'pinia'
import { computed } from 'vue'
import { useAnswer } from './answer.ts'
import { pulse } from './pulse.ts'

/** The engine as a whole: where it captures, what it holds. Asked again as the log grows. */
export const useStatus = defineStore('status', () => {
  const { value, failure, ask } = useAnswer(
    () => true,
    (client) => client.status(),
    () => pulse.current.value,
  )
  const lag = computed(() => {
    const beat = pulse.current.value
    return beat === null ? 0 : Math.max(0, beat.lastEventId - beat.analysedUpTo)
  })
  return { status: value, failure, lag, ask }
})
