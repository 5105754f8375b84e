import { computed, readonly, ref } from 'vue'
import type { Pulse } from '../../shared/contract/schemas.ts'
import { engine } from './engine.ts'
import { EventRate } from './event-rate.ts'

const current = ref<Pulse | null>(null)
/** Events that arrived within the last seconds, a second. */
const eventsPerSecond = ref(0)
/** Whether the past is being read anew: what analysis has not come to yet is found by nothing. */
const isReadAnew = computed(() => current.value !== null && current.value.rejudging !== null)

/** The heartbeat of the log: what is shown asks again when a number in it that concerns it has moved. */
export const pulse = {
  current: readonly(current),
  eventsPerSecond: readonly(eventsPerSecond),
  isReadAnew,
  follow,
}

const rate = new EventRate()

/** Nothing is known before the first beat; to call it an empty log would make all of the log arrive at once. */
function measure(): void {
  if (current.value === null) return
  eventsPerSecond.value = rate.sample(current.value.lastEventId, performance.now())
}

/** Listens for as long as the page lives; a line that breaks is taken up again. */
async function follow(): Promise<never> {
  setInterval(measure, 500)
  for (;;) {
    try {
      for await (const beat of await engine.client.pulse()) current.value = beat
    } catch {
      // The connection says what is wrong; here it only has to be waited for.
    }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
