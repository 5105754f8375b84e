import { readonly, ref } from 'vue'
import type { Pulse } from '../../shared/contract/schemas.ts'
import { engine } from './engine.ts'

const current = ref<Pulse | null>(null)
/** Events that arrived within the last seconds, a second. */
const eventsPerSecond = ref(0)
const rateWindowMs = 3_000

/** The heartbeat of the log: what is shown asks again when a number in it that concerns it has moved. */
export const pulse = { current: readonly(current), eventsPerSecond: readonly(eventsPerSecond), follow }

const samples: { at: number; lastEventId: number }[] = []

function measure(): void {
  const now = performance.now()
  const lastEventId = current.value?.lastEventId ?? 0
  samples.push({ at: now, lastEventId })
  while (samples.length > 1 && now - (samples[1]?.at ?? now) > rateWindowMs) samples.shift()
  const [first] = samples
  if (first === undefined || now === first.at) return
  eventsPerSecond.value = Math.max(0, (lastEventId - first.lastEventId) / ((now - first.at) / 1000))
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
