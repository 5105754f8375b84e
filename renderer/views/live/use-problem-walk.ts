import type { WritableComputedRef } from 'vue'
import { engine } from '../../lib/engine.ts'
import { failureOf } from '../../lib/failure.ts'
import { showToast } from '../../lib/toasts.ts'
import type { LiveEvents } from './use-live-events.ts'

/** How many pages of older events a walk adds to the list, so that the row it leads to is in it. */
const mostPages = 20

/** Walks through the events with a problem: down the list, to older ones, or up. `reveal` brings a row into view. */
export function useProblemWalk(
  live: LiveEvents,
  query: () => string | null,
  selected: WritableComputedRef<number | null>,
  reveal: (id: number) => void,
): (direction: 'up' | 'down') => Promise<void> {
  async function reach(id: number): Promise<void> {
    for (let page = 0; page < mostPages && live.hasMore.value; page += 1) {
      if ((live.events.value.at(-1)?.id ?? 0) <= id) break
      await live.more()
    }
    selected.value = id
    reveal(id)
  }

  return async (direction) => {
    const text = query()
    if (text === null) return
    const isDown = direction === 'down'
    const top = live.events.value[0]?.id ?? 0
    const from = selected.value ?? (isDown ? top + 1 : 0)
    const narrowed = `${text === '' ? '' : `(${text}) `}(has:problem OR is:rejected)`
    try {
      const { events } = await engine.client.events.list({
        query: narrowed,
        limit: 1,
        ...(isDown ? { order: 'desc', upTo: from - 1 } : { order: 'asc', after: from, upTo: top }),
      })
      const [found] = events
      if (found !== undefined) await reach(found.id)
      else showToast(`No ${isDown ? 'older' : 'newer'} event here has a problem.`)
    } catch (error) {
      showToast(failureOf(error).message, { tone: 'error' })
    }
  }
}
