import { shallowReactive } from 'vue'
import { engine } from '../../lib/engine.ts'
import { failureOf } from '../../lib/failure.ts'
import { counted } from '../../lib/format.ts'
import { showToast } from '../../lib/toasts.ts'
import { idQuery } from '../../lib/id-query.ts'

const hidden: Set<number> = shallowReactive(new Set<number>())

/** Events that are as good as deleted: they are gone from the list, and can still be had back. */
export const asGoodAsDeleted: ReadonlySet<number> = hidden

/** Hides the events at once, and deletes them when the time to undo it is over. */
export function deleteWithUndo(ids: readonly number[]): void {
  for (const id of ids) hidden.add(id)
  const bringBack = (): void => {
    for (const id of ids) hidden.delete(id)
  }
  showToast(`Deleted ${counted(ids.length, 'event')}.`, {
    action: { label: 'Undo', run: bringBack },
    // Ids are never given out again, so what was deleted may stay hidden.
    onExpire: () => void deleteNow(idQuery(ids)).catch(bringBack),
  })
}

/** Deletes for good; says what went wrong before it raises it. */
export async function deleteNow(query: string): Promise<number> {
  try {
    const { deleted } = await engine.client.events.delete({ query: { query } })
    return deleted
  } catch (error) {
    showToast(failureOf(error).message, { tone: 'error' })
    throw error
  }
}
