import type { Activity } from '../../../shared/contract/schemas.ts'
import { useAnswer } from '../../lib/answer.ts'
import type { Answer } from '../../lib/answer.ts'
import { pulse } from '../../lib/pulse.ts'

/** What reached capture lately and is no accepted call, the latest first. */
export function useActivity(): Answer<Activity[]> {
  return useAnswer(
    () => true,
    async (client) => (await client.capture.activity({})).activity,
    () => pulse.current.value?.activity,
  )
}
