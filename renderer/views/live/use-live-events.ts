import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { ComputedRef, Ref, ShallowRef } from 'vue'
import { pageLimit } from '../../../shared/contract/schemas.ts'
import type { TracksideEvent } from '../../../shared/event.ts'
import { engine } from '../../lib/engine.ts'
import { failureOf } from '../../lib/failure.ts'
import type { Failure } from '../../lib/failure.ts'
import { pulse } from '../../lib/pulse.ts'
import { judgedMeanwhile, prepend, replace } from './live-rows.ts'

export interface LiveEvents {
  /** Newest first, without a gap down to the last row. */
  events: Readonly<ShallowRef<TracksideEvent[]>>
  /** False until the first answer to the query as it stands is there. */
  isKnown: Readonly<Ref<boolean>>
  failure: Readonly<ShallowRef<Failure | null>>
  /** How many events that match have arrived since the list stands still. */
  waiting: Readonly<Ref<number>>
  /** Events behind this id have only just arrived. */
  freshAfter: Readonly<Ref<number>>
  hasMore: ComputedRef<boolean>
  /** Adds older events; does nothing while they are on their way or when there are none. */
  more(): Promise<void>
  retry(): void
}

const pageSize = 200
/** Pages that the tail goes through one by one; what is farther behind is read from the top instead. */
const mostPagesBehind = 4
/** Between two looks at the log, in milliseconds: enough for a person, and a batch for the screen. */
const restMs = 100
const freshMs = 1_400

/**
 * The events that match, following the log: each one that arrives is put on top, none twice and none left out. While
 * `isPaused` the rows stand still and what arrives is only counted. null as query asks nothing.
 */
export function useLiveEvents(query: () => string | null, isPaused: () => boolean): LiveEvents {
  const events = shallowRef<TracksideEvent[]>([])
  const isKnown = ref(false)
  const failure = shallowRef<Failure | null>(null)
  const waiting = ref(0)
  const freshAfter = ref(Infinity)
  const hasOlder = ref(false)
  /** Everything up to this id has been looked at. */
  let seenUpTo = 0
  /** Grows with each new question: an answer to an older one is dropped. */
  let generation = 0
  let mustReload = true
  let isWorking = false
  let isDue = false
  let isAdding = false
  const freshTimers = new Set<ReturnType<typeof setTimeout>>()

  const list = engine.client.events.list

  function markFresh(upTo: number): void {
    const timer = setTimeout(() => {
      freshTimers.delete(timer)
      freshAfter.value = Math.max(upTo, freshAfter.value)
    }, freshMs)
    freshTimers.add(timer)
  }

  /** All that is shown is read anew, from the top or, while paused, from where the rows stand still. */
  async function reload(text: string, asked: number): Promise<void> {
    const wanted = isKnown.value ? Math.max(pageSize, events.value.length) : pageSize
    const read: TracksideEvent[] = []
    let top: number | null = null
    let upTo = isKnown.value && isPaused() ? seenUpTo : undefined
    let isEnd = false
    while (read.length < wanted && !isEnd) {
      const limit = Math.min(pageLimit, wanted - read.length)
      const page = await list({ query: text, limit, ...(upTo === undefined ? {} : { upTo }) })
      if (asked !== generation) return
      top ??= page.upTo
      read.push(...page.events)
      isEnd = page.nextCursor === null
      upTo = (page.events.at(-1)?.id ?? 1) - 1
    }
    mustReload = false
    seenUpTo = top ?? 0
    events.value = read
    hasOlder.value = !isEnd
    waiting.value = 0
    freshAfter.value = seenUpTo
    isKnown.value = true
  }

  async function catchUp(text: string, asked: number): Promise<void> {
    for (let pages = 0; pages < mostPagesBehind; pages += 1) {
      const page = await list({ query: text, order: 'asc', after: seenUpTo, limit: pageLimit })
      // Rows must not move under a person who has scrolled away meanwhile; the same page is read again later.
      if (asked !== generation || isPaused()) return
      seenUpTo = Math.max(seenUpTo, page.upTo)
      waiting.value = 0
      if (page.events.length > 0) {
        const rows = prepend(events.value, page.events)
        events.value = rows.events
        hasOlder.value ||= rows.cut
        markFresh(seenUpTo)
      }
      if (page.nextCursor === null) return
    }
    isKnown.value = false
    await reload(text, asked)
  }

  async function count(text: string, asked: number): Promise<void> {
    const beat = pulse.current.value
    if (text === '') {
      // Ids are given out one by one, and the latest are not the ones that retention deletes.
      waiting.value = Math.max(0, (beat?.lastEventId ?? 0) - seenUpTo)
      return
    }
    const page = await list({ query: `(${text}) id:>${seenUpTo}`, limit: 1, total: true })
    if (asked === generation && isPaused()) waiting.value = page.total ?? 0
  }

  async function judge(asked: number): Promise<void> {
    const stretch = judgedMeanwhile(events.value, pulse.current.value?.analysedUpTo ?? 0)
    if (stretch === null) return
    const page = await list({ order: 'asc', limit: pageLimit, ...stretch })
    if (asked !== generation || mustReload) return
    events.value = replace(
      events.value,
      { after: stretch.after, upTo: page.nextCursor === null ? stretch.upTo : page.upTo },
      page.events,
    )
    if (page.nextCursor !== null) isDue = true
  }

  async function look(): Promise<void> {
    const text = query()
    const asked = generation
    if (text === null) return
    try {
      if (mustReload) await reload(text, asked)
      else if (isPaused()) await count(text, asked)
      else await catchUp(text, asked)
      if (asked === generation) await judge(asked)
      if (asked === generation) failure.value = null
    } catch (error) {
      // A line that breaks is taken up again by itself, and the pulse with it.
      if (asked === generation && engine.state.value === 'open') failure.value = failureOf(error)
    }
  }

  /** One look at a time, each after a rest, for as long as there is something to look for. */
  async function work(): Promise<void> {
    isDue = true
    if (isWorking) return
    isWorking = true
    while (isDue) {
      isDue = false
      await look()
      await new Promise((resolve) => setTimeout(resolve, restMs))
    }
    isWorking = false
  }

  async function more(): Promise<void> {
    const text = query()
    const last = events.value.at(-1)
    const asked = generation
    if (text === null || last === undefined || !hasOlder.value || isAdding) return
    isAdding = true
    try {
      const page = await list({ query: text, limit: pageSize, upTo: last.id - 1 })
      // The tail may have dropped the far end meanwhile: then these rows would stand behind a gap.
      if (asked !== generation || events.value.at(-1)?.id !== last.id) return
      events.value = [...events.value, ...page.events]
      hasOlder.value = page.nextCursor !== null
    } catch (error) {
      if (asked === generation) failure.value = failureOf(error)
    } finally {
      isAdding = false
    }
  }

  function renew(): void {
    generation += 1
    mustReload = true
    failure.value = null
    void work()
  }

  watch(query, () => {
    isKnown.value = false
    renew()
  })
  watch(isPaused, () => void work())
  watch(
    () => pulse.current.value,
    (beat, before) => {
      if (beat?.deletions !== before?.deletions) renew()
      else void work()
    },
  )
  watch(engine.state, (state) => {
    if (state === 'open') renew()
  })
  onScopeDispose(() => {
    generation += 1
    isDue = false
    for (const timer of freshTimers) clearTimeout(timer)
  })
  void work()

  return {
    events,
    isKnown,
    failure,
    waiting,
    freshAfter,
    hasMore: computed(() => hasOlder.value),
    more,
    retry: renew,
  }
}
