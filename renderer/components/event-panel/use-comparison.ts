import { computed } from 'vue'
import type { ComputedRef } from 'vue'
import { withTerm } from '../../../shared/query/index.ts'
import type { EventDetail, TracksideEvent } from '../../../shared/event.ts'
import { useAnswer } from '../../lib/answer.ts'
import type { Answer } from '../../lib/answer.ts'
import { previousEvent } from './compared.ts'
import type { Compared } from './compared.ts'
import { compare } from './differences.ts'
import type { Comparison } from './differences.ts'

/** How many earlier events of the same name are offered. */
const offered = 5

/** Events like this one that came before it: of its name, else of its type. */
function earlierQuery({ id, type, event }: EventDetail): string {
  const alike = event === null ? withTerm('', 'type', type) : withTerm('', 'event', event)
  return `${alike} id:<${id}`
}

export interface EventComparison {
  /** The latest that came before, of the same name. */
  earlier: ComputedRef<TracksideEvent[]>
  /** The one that is compared with; null where there is none, or none yet. */
  other: ComputedRef<TracksideEvent | null>
  /** Whether there is nothing to compare with. */
  isAlone: ComputedRef<boolean>
  failure: Answer<unknown>['failure']
  ask: () => void
  comparison: ComputedRef<Comparison | null>
}

export function useComparison(event: () => EventDetail, compared: () => Compared): EventComparison {
  const page = useAnswer(
    () => earlierQuery(event()),
    (client, query) => client.events.list({ query, order: 'desc', limit: offered }),
  )
  const chosen = useAnswer(
    () => {
      const id = compared()
      return id === previousEvent ? null : id
    },
    (client, id) => client.events.get({ id }),
  )
  const earlier = computed(() => page.current.value?.events ?? [])
  const other = computed(() =>
    compared() === previousEvent ? (earlier.value[0] ?? null) : chosen.current.value,
  )
  return {
    earlier,
    other,
    isAlone: computed(
      () => compared() === previousEvent && page.current.value !== null && earlier.value.length === 0,
    ),
    failure: computed(() => (compared() === previousEvent ? page.failure.value : chosen.failure.value)),
    ask: () => {
      page.ask()
      chosen.ask()
    },
    comparison: computed(() => (other.value === null ? null : compare(event(), other.value))),
  }
}
