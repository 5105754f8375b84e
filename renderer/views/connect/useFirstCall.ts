import { computed } from 'vue'
import type { ComputedRef } from 'vue'
import type { TracksideEvent } from '../../../shared/event.ts'
import { quoteValue } from '../../../shared/query/index.ts'
import { sourceOf } from '../../../shared/source.ts'
import { useAnswer } from '../../lib/answer.ts'
import { pulse } from '../../lib/pulse.ts'
import type { Sdk } from './sdks/index.ts'

/** How far a person has come with an SDK since they opened its page. */
export type Arrival =
  | {
      kind: 'waiting'
      /** The latest that was refused. */
      rejected: TracksideEvent | null
      /** The latest of another SDK, or under another write key. */
      other: TracksideEvent | null
      /** The latest that came before the page was opened. */
      before: TracksideEvent | null
    }
  | { kind: 'arrived'; first: TracksideEvent }

/** Calls under the write key of the lines, of this SDK as far as calls tell theirs. */
function queryFor(sdk: Sdk, writeKey: string): string {
  const libraries = sdk.libraries.map((name) => `library:${quoteValue(name)}`)
  const source = `source:${quoteValue(sourceOf(writeKey))}`
  return libraries.length === 0 ? source : `${source} (${libraries.join(' OR ')} OR missing:library)`
}

/** Watches for the first call that comes in after `sinceMs` (epoch ms). */
export function useFirstCall(
  sdk: () => Sdk,
  writeKey: () => string,
  sinceMs: () => number,
): ComputedRef<Arrival> {
  const { current } = useAnswer(
    () => ({ query: queryFor(sdk(), writeKey()), since: new Date(sinceMs()).toISOString() }),
    async (client, { query, since }) => {
      const one = { limit: 1 } as const
      const [first, before, rejected, other] = await Promise.all([
        client.events.list({ ...one, query: `is:accepted ${query} since:${since}`, order: 'asc' }),
        client.events.list({ ...one, query: `is:accepted ${query} before:${since}` }),
        client.events.list({ ...one, query: `is:rejected since:${since}` }),
        client.events.list({ ...one, query: `is:accepted since:${since}` }),
      ])
      return {
        first: first.events[0] ?? null,
        before: before.events[0] ?? null,
        rejected: rejected.events[0] ?? null,
        other: other.events[0] ?? null,
      }
    },
    () => pulse.current.value?.analysedUpTo,
  )
  return computed(() => {
    const { first = null, ...waiting } = current.value ?? { rejected: null, other: null, before: null }
    return first === null ? { kind: 'waiting', ...waiting } : { kind: 'arrived', first }
  })
}
