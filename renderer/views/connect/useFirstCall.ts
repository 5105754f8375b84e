import { computed } from 'vue'
import type { ComputedRef } from 'vue'
import type { TracksideEvent } from '../../../shared/event.ts'
import { quoteValue } from '../../../shared/query/index.ts'
import { useAnswer } from '../../lib/answer.ts'
import { currentTime } from '../../lib/clock.ts'
import { pulse } from '../../lib/pulse.ts'
import type { Sdk } from './sdks.ts'

/** How far a person has come with an SDK since they opened its page. */
export type Arrival =
  | { kind: 'waiting'; isLate: boolean; rejected: TracksideEvent | null; before: TracksideEvent | null }
  | { kind: 'arrived'; first: TracksideEvent }

const lateMs = 20_000

/** Calls of this SDK: by the name that it gives itself, or by the write key that its lines carry. */
function queryFor(sdk: Sdk, writeKey: string): string {
  const terms = [
    ...sdk.libraries.map((name) => `library:${quoteValue(name)}`),
    ...(writeKey === '' ? [] : [`source:${quoteValue(writeKey)}`]),
  ]
  return terms.length === 1 ? terms.join('') : `(${terms.join(' OR ')})`
}

/** Watches for the first call that comes in after `sinceMs` (epoch ms). */
export function useFirstCall(
  sdk: () => Sdk,
  writeKey: () => string,
  sinceMs: () => number,
): ComputedRef<Arrival> {
  const { value } = useAnswer(
    () => ({ query: queryFor(sdk(), writeKey()), since: new Date(sinceMs()).toISOString() }),
    async (client, { query, since }) => {
      const one = { limit: 1 } as const
      const [first, before, rejected] = await Promise.all([
        client.events.list({ ...one, query: `${query} since:${since}`, order: 'asc' }),
        client.events.list({ ...one, query: `${query} before:${since}` }),
        client.events.list({ ...one, query: `is:rejected since:${since}` }),
      ])
      return { first: first.events[0], before: before.events[0], rejected: rejected.events[0] }
    },
    () => pulse.current.value?.analysedUpTo,
  )
  return computed(() => {
    const first = value.value?.first
    if (first !== undefined) return { kind: 'arrived', first }
    return {
      kind: 'waiting',
      isLate: currentTime.value - sinceMs() > lateMs,
      rejected: value.value?.rejected ?? null,
      before: value.value?.before ?? null,
    }
  })
}
