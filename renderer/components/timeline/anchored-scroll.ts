import { nextTick, ref, shallowRef, watch } from 'vue'
import type { Ref, ShallowRef } from 'vue'
import type { VListHandle } from 'virtua/vue'
import type { TracksideEvent } from '../../../shared/event.ts'

const nearPixels = 600
const awayPixels = 8

interface Options {
  order: () => 'asc' | 'desc'
  rowPixels: number
  atEnd: () => void
}

/**
 * Keeps what somebody reads in its place while events arrive above it, and counts those that they have not seen.
 */
export function useAnchoredScroll(
  list: Readonly<ShallowRef<VListHandle | null>>,
  events: () => readonly TracksideEvent[],
  { order, rowPixels, atEnd }: Options,
): {
  offset: Readonly<Ref<number>>
  shift: Readonly<Ref<boolean>>
  arrived: Readonly<Ref<number>>
  scrolled: (offset: number) => void
  showNewest: () => void
} {
  const offset = ref(0)
  const shift = ref(false)
  const arrived = ref(0)
  /** The event at the top and at the bottom, to tell what arrived from what was paged in. */
  const ends = shallowRef<{ first: number; last: number } | null>(null)

  const isNearEnd = (handle: VListHandle, pixels: number): boolean =>
    handle.scrollSize - handle.viewportSize - handle.scrollOffset < pixels

  function scrolled(to: number): void {
    offset.value = to
    const handle = list.value
    if (handle === null) return
    if (order() === 'desc' ? to <= awayPixels : isNearEnd(handle, rowPixels)) arrived.value = 0
    if (isNearEnd(handle, nearPixels)) atEnd()
  }

  function showNewest(): void {
    arrived.value = 0
    const handle = list.value
    handle?.scrollTo(order() === 'desc' ? 0 : handle.scrollSize)
  }

  watch(
    events,
    (now, before) => {
      const known = ends.value
      const first = now[0]?.id
      const last = now.at(-1)?.id
      ends.value = first === undefined || last === undefined ? null : { first, last }
      const isSameList = known !== null && before.length > 0 && now.some(({ id }) => id === known.first)
      shift.value = isSameList && order() === 'desc' && first !== known.first && offset.value > awayPixels
      if (!isSameList) {
        arrived.value = 0
        return
      }
      if (shift.value) arrived.value += now.findIndex(({ id }) => id === known.first)
    },
    { flush: 'sync' },
  )
  watch(
    events,
    async () => {
      // It holds for the rows that were just put in front, and for no later change.
      await nextTick()
      shift.value = false
      const handle = list.value
      if (handle !== null && events().length > 0 && isNearEnd(handle, nearPixels)) atEnd()
    },
    { flush: 'post' },
  )

  return { offset, shift, arrived, scrolled, showNewest }
}
