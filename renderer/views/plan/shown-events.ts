import { computed } from 'vue'
import type { SeenEvent } from '../../../shared/contract/plan.ts'
import type { Plan } from '../../../shared/plan/plan.ts'
import { useAddress } from '../../lib/address.ts'

/** Which of the planned events are listed. */
export type Shown = 'all' | 'missing' | 'problems'

const tests: Readonly<Record<Shown, (event: SeenEvent) => boolean>> = {
  all: () => true,
  missing: ({ events }) => events === 0,
  problems: ({ problems }) => problems > 0,
}

/** The planned events with what has been seen of them, those that the address asks for. */
export function useShownEvents(plan: () => Plan | null, seen: () => readonly SeenEvent[] | null) {
  const inAddress = useAddress('show')
  const shown = computed<Shown>({
    get: () => (inAddress.value === 'missing' || inAddress.value === 'problems' ? inAddress.value : 'all'),
    set: (chosen) => (inAddress.value = chosen === 'all' ? undefined : chosen),
  })
  const all = computed(() => {
    const known = new Map(seen()?.map((event) => [event.name, event]))
    return (plan()?.events ?? []).map(
      ({ name }): SeenEvent => known.get(name) ?? { name, events: 0, problems: 0, lastSeenAt: null },
    )
  })
  const events = computed(() => all.value.filter(tests[shown.value]))
  const counts = computed<Record<Shown, number>>(() => ({
    all: all.value.length,
    missing: all.value.filter(tests.missing).length,
    problems: all.value.filter(tests.problems).length,
  }))
  return { shown, events, counts }
}
