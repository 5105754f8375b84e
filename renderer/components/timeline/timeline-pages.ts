import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { ComputedRef, Ref, ShallowRef } from 'vue'
import type { EventPage } from '../../../shared/contract/schemas.ts'
import type { TracksideEvent } from '../../../shared/event.ts'
import { useAnswer } from '../../lib/answer.ts'
import { engine } from '../../lib/engine.ts'
import type { Client } from '../../lib/engine.ts'
import { failureOf } from '../../lib/failure.ts'
import type { Failure } from '../../lib/failure.ts'

export interface TimelineQuestion {
  /** The user's or account's. */
  id: string
  query: string
  order: 'asc' | 'desc'
}

interface PageInput {
  limit: number
  total: boolean
  cursor?: string
}

export type AskTimeline = (client: Client, question: TimelineQuestion & PageInput) => Promise<EventPage>

export interface TimelinePages {
  events: Readonly<ShallowRef<readonly TracksideEvent[]>>
  /** How many match, whether they are here or not; null before the first answer. */
  total: Readonly<Ref<number | null>>
  /** Events behind this id slid in a moment ago. */
  freshAfter: Readonly<Ref<number>>
  failure: ComputedRef<Failure | null>
  isLoading: Readonly<Ref<boolean>>
  isKnown: ComputedRef<boolean>
  hasMore: ComputedRef<boolean>
  more(): Promise<void>
  ask(): void
}

const limit = 100
const freshMs = 2_500

/**
 * The events of one user or account, by pages. What arrives is put in front (or behind, with the oldest first) and
 * leaves the rest where it is, however far somebody has scrolled. `follows` moves when there are new events;
 * `resets` when what is already here may be wrong.
 */
export function useTimelinePages(
  question: () => TimelineQuestion,
  ask: AskTimeline,
  follows: () => unknown,
  resets: () => unknown,
): TimelinePages {
  const events = shallowRef<readonly TracksideEvent[]>([])
  const total = ref<number | null>(null)
  const next = ref<string | null>(null)
  const freshAfter = ref(Number.MAX_SAFE_INTEGER)
  const furtherFailure = shallowRef<{ key: string; failure: Failure } | null>(null)
  const input = computed(() => ({ asked: question(), resets: resets() }))
  /** The question as it stands now; `key` is the one that the events answer. */
  const wanted = computed(() => JSON.stringify(input.value))
  let key = ''
  /** Where the last page begins, for reading it again with what came behind it. */
  let last: { cursor: string | null; events: number } = { cursor: null, events: 0 }
  let work: Promise<void> = Promise.resolve()
  let timer: ReturnType<typeof setTimeout> | undefined

  const latest = useAnswer(
    () => input.value,
    async (client, put) => ({
      key: JSON.stringify(put),
      asked: put.asked,
      page: await ask(client, { ...put.asked, limit, total: true }),
    }),
    follows,
  )

  /** One after the other: each builds on what the one before has put there. */
  function enqueue(of: string, task: () => Promise<void>): Promise<void> {
    work = work
      .then(() => (of === wanted.value ? task() : undefined))
      .catch((error: unknown) => {
        furtherFailure.value = { key: of, failure: failureOf(error) }
      })
    return work
  }

  watch(latest.value, (answer) => {
    if (answer !== null) void enqueue(answer.key, () => take(answer))
  })

  async function take(answer: NonNullable<typeof latest.value.value>): Promise<void> {
    furtherFailure.value = null
    total.value = answer.page.total ?? null
    if (answer.key !== key) {
      key = answer.key
      events.value = answer.page.events
      next.value = answer.page.nextCursor
      last = { cursor: null, events: answer.page.events.length }
      freshAfter.value = Number.MAX_SAFE_INTEGER
    } else if (answer.asked.order === 'desc') await putInFront(answer.asked, answer.page)
    else if (next.value === null) await readLastAgain(answer.asked)
  }

  async function putInFront(asked: TimelineQuestion, page: EventPage): Promise<void> {
    const newest = events.value[0]?.id ?? 0
    const arrived = page.events.filter(({ id }) => id > newest)
    const known = new Map(page.events.map((event) => [event.id, event]))
    let { events: read, nextCursor: cursor } = page
    // More than one page arrived since: without those in between there would be a hole.
    while (cursor !== null && (read.at(-1)?.id ?? 0) > newest) {
      const between = await ask(engine.client, { ...asked, limit, total: false, cursor })
      if (key !== wanted.value) return
      read = between.events
      cursor = between.nextCursor
      arrived.push(...read.filter(({ id }) => id > newest))
    }
    const wasEmpty = events.value.length === 0
    // Those that were here may have a better label by now.
    events.value = [...arrived, ...events.value.map((event) => known.get(event.id) ?? event)]
    if (wasEmpty) next.value = cursor
    if (arrived.length > 0) markFresh(newest)
  }

  async function readLastAgain(asked: TimelineQuestion): Promise<void> {
    const newest = events.value.at(-1)?.id ?? 0
    const page = await ask(engine.client, {
      ...asked,
      limit,
      total: false,
      ...(last.cursor === null ? {} : { cursor: last.cursor }),
    })
    if (key !== wanted.value) return
    events.value = [...events.value.slice(0, events.value.length - last.events), ...page.events]
    next.value = page.nextCursor
    last.events = page.events.length
    if ((page.events.at(-1)?.id ?? 0) > newest) markFresh(newest)
  }

  function markFresh(after: number): void {
    freshAfter.value = Math.min(freshAfter.value, after)
    clearTimeout(timer)
    timer = setTimeout(() => (freshAfter.value = Number.MAX_SAFE_INTEGER), freshMs)
  }
  onScopeDispose(() => clearTimeout(timer))

  /** The question whose next page is on its way. */
  let adding: string | null = null
  async function more(): Promise<void> {
    const of = wanted.value
    if (adding === of || next.value === null) return
    adding = of
    await enqueue(of, async () => {
      const cursor = next.value
      // Until a new question is answered, the list and its end are those of the last one.
      if (cursor === null || key !== of) return
      const page = await ask(engine.client, { ...question(), limit, total: false, cursor })
      if (of !== wanted.value) return
      events.value = [...events.value, ...page.events]
      next.value = page.nextCursor
      last = { cursor, events: page.events.length }
      furtherFailure.value = null
    })
    if (adding === of) adding = null
  }

  return {
    events,
    total,
    freshAfter,
    failure: computed(() => {
      const further = furtherFailure.value
      return latest.failure.value ?? (further?.key === wanted.value ? further.failure : null)
    }),
    isLoading: latest.isLoading,
    isKnown: computed(() => latest.value.value !== null),
    hasMore: computed(() => next.value !== null),
    more,
    ask: latest.ask,
  }
}
