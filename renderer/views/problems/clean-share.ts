import type { Answer } from '../../lib/answer.ts'
import { useAnswer } from '../../lib/answer.ts'
import { pulse } from '../../lib/pulse.ts'

/** How good the calls are, of those that a query asks for. */
export interface CleanShare {
  events: number
  trackCalls: number
  /** Track calls that were accepted and have neither an error nor a warning. */
  clean: number
}

export function useCleanShare(query: () => string): Answer<CleanShare> {
  return useAnswer(
    () => query(),
    async (client, text): Promise<CleanShare> => {
      const ofTrack = text === '' ? 'type:track' : `(${text}) type:track`
      const [all, track] = await Promise.all([
        client.events.histogram({ query: text, buckets: 1 }),
        client.events.histogram({ query: ofTrack, buckets: 1 }),
      ])
      const sum = (of: (bucket: (typeof track.buckets)[number]) => number) =>
        track.buckets.reduce((total, bucket) => total + of(bucket), 0)
      const trackCalls = sum(({ events }) => events)
      return {
        events: all.buckets.reduce((total, { events }) => total + events, 0),
        trackCalls,
        clean: trackCalls - sum(({ errors, warnings }) => errors + warnings),
      }
    },
    () => [pulse.current.value?.analysedUpTo, pulse.current.value?.deletions],
  )
}
