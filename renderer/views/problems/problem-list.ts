import { computed } from 'vue'
import type { WritableComputedRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { pageLimit } from '../../../shared/contract/schemas.ts'
import { severities } from '../../../shared/event.ts'
import type { Severity } from '../../../shared/event.ts'
import { useAddress, useQueryText } from '../../lib/address.ts'
import { useLintSettings } from '../../lib/lint-settings.ts'
import { usePages } from '../../lib/pages.ts'
import { pulse } from '../../lib/pulse.ts'
import { judgedBy } from './muted.ts'
import { useSessionRange } from './range.ts'
import { groupings, sectionsOf } from './sections.ts'
import type { Grouping } from './sections.ts'

export type SeverityFilter = Severity | 'all'

/** The groups of problems as the address asks for them: query, severity, source, session, and by what they stand. */
export function useProblemList() {
  const query = useQueryText()
  const severityInAddress = useAddress('severity', { push: true })
  const severity = computed<SeverityFilter>({
    get: () => severities.find((one) => one === severityInAddress.value) ?? 'all',
    set: (chosen) => (severityInAddress.value = chosen === 'all' ? undefined : chosen),
  })
  const groupingInAddress = useAddress('by')
  const grouping = computed<Grouping>({
    get: () => groupings.find((one) => one === groupingInAddress.value) ?? 'rule',
    set: (chosen) => (groupingInAddress.value = chosen === 'rule' ? undefined : chosen),
  })
  const source = useSourceInAddress()
  const { range, from } = useSessionRange()

  const pages = usePages(
    () => ({
      query: query.value,
      bySource: grouping.value === 'source',
      ...(severity.value === 'all' ? {} : { severity: severity.value }),
      ...(source.value === null ? {} : { source: source.value }),
      ...(from.value === null ? {} : { from: from.value }),
    }),
    async (client, input, { cursor }) => {
      // As many as one page may hold: a section must not come apart over several.
      const { problems, ...page } = await client.problems.list({
        ...input,
        limit: pageLimit,
        ...(cursor === undefined ? {} : { cursor }),
      })
      return { items: problems, ...page }
    },
    () => [pulse.current.value?.analysedUpTo, pulse.current.value?.deletions],
  )
  const lint = useLintSettings()
  const groups = computed(() =>
    lint.agreed === null ? pages.items.value : judgedBy(lint.agreed.config, pages.items.value),
  )
  const sections = computed(() => sectionsOf(groups.value, grouping.value))
  const counts = computed(() => pages.first.value?.counts ?? null)
  const span = computed(() => pages.first.value?.span ?? null)
  const total = computed(() => severities.reduce((sum, one) => sum + (counts.value?.[one] ?? 0), 0))
  const isNarrowed = computed(
    () => query.value !== '' || severity.value !== 'all' || source.value !== null || from.value !== null,
  )

  return {
    ...{ query, severity, grouping, source, range, from },
    ...{ counts, span, total, pages, sections, isNarrowed },
  }
}

/** The source that the list is narrowed to; null for all. An empty one stands for calls without a write key. */
function useSourceInAddress(): WritableComputedRef<string | null> {
  const route = useRoute()
  const router = useRouter()
  return computed({
    get: () => (typeof route.query['source'] === 'string' ? route.query['source'] : null),
    set: (chosen) => {
      const { source: _source, ...rest } = route.query
      void router.push({ query: chosen === null ? rest : { ...rest, source: chosen } })
    },
  })
}
