import type { Histogram } from '../../../shared/contract/schemas.ts'
import type { Answer } from '../../lib/answer.ts'
import { useAnswer } from '../../lib/answer.ts'
import { pulse } from '../../lib/pulse.ts'
import { qualityOf } from './quality.ts'
import type { Quality } from './quality.ts'
import { queryWithin } from './range.ts'

/** Parts of the time that the line is drawn of. */
const parts = 40

/** The quality of a session, and the time that its line covers. */
export function useQuality(
  session: () => { query: string; from: string | null; source: string | null },
): Answer<Quality & { span: Pick<Histogram, 'from' | 'to'> }> {
  return useAnswer(
    session,
    async (client, { query, from, source }) => {
      const { buckets, ...span } = await client.events.histogram({
        query: queryWithin(query, null, source),
        buckets: parts,
        ...(from === null ? {} : { from }),
      })
      return { ...qualityOf(buckets), span: { from: span.from, to: span.to } }
    },
    () => [pulse.current.value?.analysedUpTo, pulse.current.value?.deletions],
  )
}
