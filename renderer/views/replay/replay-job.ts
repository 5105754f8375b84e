import { computed, ref } from 'vue'
import type { ComputedRef, Ref, ShallowRef } from 'vue'
import { pageLimit } from '../../../shared/contract/schemas.ts'
import type { ReplayDetail } from '../../../shared/contract/schemas.ts'
import { withTerm } from '../../../shared/query/index.ts'
import { useAnswer } from '../../lib/answer.ts'
import { engine } from '../../lib/engine.ts'
import type { Client } from '../../lib/engine.ts'
import { failureOf } from '../../lib/failure.ts'
import type { Failure } from '../../lib/failure.ts'
import { showToast } from '../../lib/toasts.ts'
import { shortIdQuery } from './event-ids.ts'
import { replayMoves } from './replay-moves.ts'
import { addressOf } from './replay-terms.ts'

export interface ReplayJob {
  replay: ComputedRef<ReplayDetail | null>
  failure: Readonly<ShallowRef<Failure | null>>
  ask(): void
  /** Whether a change of its state is on its way. */
  isMoving: Readonly<Ref<boolean>>
  canPause: ComputedRef<boolean>
  canResume: ComputedRef<boolean>
  canCancel: ComputedRef<boolean>
  move(how: 'pause' | 'resume' | 'cancel'): Promise<void>
}

/** One replay, as it goes on. */
export function useReplayJob(id: () => number): ReplayJob {
  const {
    current: replay,
    failure,
    ask,
  } = useAnswer(
    id,
    (client, replayId) => client.replays.get({ id: replayId }),
    (latest) => replayMoves(latest?.state === 'running'),
  )
  const isMoving = ref(false)
  const isIn = (...states: ReplayDetail['state'][]): boolean =>
    replay.value !== null && states.includes(replay.value.state)

  async function move(how: 'pause' | 'resume' | 'cancel'): Promise<void> {
    if (isMoving.value) return
    isMoving.value = true
    try {
      await engine.client.replays[how]({ id: id() })
    } catch (error) {
      showToast(failureOf(error).message, { tone: 'error' })
    } finally {
      isMoving.value = false
      ask()
    }
  }

  return {
    replay,
    failure,
    ask,
    isMoving,
    canPause: computed(() => isIn('running')),
    canResume: computed(() => isIn('paused', 'failed')),
    canCancel: computed(() => isIn('running', 'paused', 'failed')),
    move,
  }
}

/** Pages of failures that are looked at: more would make no address. */
const mostPages = 4

/**
 * Where the failed events of a replay can be sent again in the same way. Just those where they can be named one by one;
 * else all of the same query that have failed and were never acknowledged there.
 */
export async function addressOfFailed(
  client: Client,
  replay: ReplayDetail,
): Promise<ReturnType<typeof addressOf>> {
  const ids: number[] = []
  let cursor: string | undefined
  for (let page = 0; page < mostPages; page += 1) {
    const { outcomes, nextCursor } = await client.replays.outcomes({
      id: replay.id,
      outcome: 'failed',
      limit: pageLimit,
      ...(cursor === undefined ? {} : { cursor }),
    })
    ids.push(...outcomes.map(({ eventId }) => eventId))
    if (nextCursor === null) {
      const query = shortIdQuery(ids)
      if (query !== null) return addressOf({ ...replay, query })
      break
    }
    cursor = nextCursor
  }
  return addressOf({
    ...replay,
    query: withTerm(replay.query, 'replayed', 'failed'),
    options: { ...replay.options, onlyNew: true },
  })
}
