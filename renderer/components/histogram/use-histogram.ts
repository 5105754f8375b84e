import type { ComputedRef } from 'vue'
import { parseQuery } from '../../../shared/query/index.ts'
import type { Histogram } from '../../../shared/contract/schemas.ts'
import { useAnswer } from '../../lib/answer.ts'
import type { Answer } from '../../lib/answer.ts'
import { currentTime } from '../../lib/clock.ts'
import type { Client } from '../../lib/engine.ts'
import { pulse } from '../../lib/pulse.ts'
import { boundsOf, spanOf } from './time-span.ts'

/** The counts over time of what the query finds, in at most `bars` bars; nothing for a query with a mistake. */
export function useHistogram(query: () => string, bars: ComputedRef<number>): Answer<Histogram> {
  return useAnswer(
    () => (parseQuery(query()).ok && bars.value > 0 ? { query: query(), bars: bars.value } : null),
    async (client, input, signal) => {
      const now = Date.now()
      const bounds = boundsOf(input.query, now)
      const from = bounds.from ?? (await firstArrival(client, input.query, signal)) ?? now
      const span = spanOf(from, bounds.to ?? now, input.bars)
      return client.events.histogram(
        {
          query: input.query,
          from: new Date(span.from).toISOString(),
          to: new Date(span.to - 1).toISOString(),
          buckets: span.bars,
        },
        { signal },
      )
    },
    () => [pulse.current.value?.analysedUpTo, pulse.current.value?.deletions, currentTime.value],
  )
}

async function firstArrival(client: Client, query: string, signal: AbortSignal): Promise<number | null> {
  const { events } = await client.events.list({ query, order: 'asc', limit: 1 }, { signal })
  const [first] = events
  return first === undefined ? null : Date.parse(first.receivedAt)
}
