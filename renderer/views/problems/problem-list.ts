import { computed, shallowRef } from 'vue'
import type { ProblemPage } from '../../../shared/contract/problems.ts'
import { pageLimit } from '../../../shared/contract/schemas.ts'
import { severities } from '../../../shared/event.ts'
import type { Severity } from '../../../shared/event.ts'
import { useAddress, useQueryText } from '../../lib/address.ts'
import { usePages } from '../../lib/pages.ts'
import { pulse } from '../../lib/pulse.ts'
import { sectionsOf } from './sections.ts'
import type { Grouping } from './sections.ts'

export type SeverityFilter = Severity | 'all'

/** The groups of problems as the address asks for them: query, severity, by rule or by name. */
export function useProblemList() {
  const query = useQueryText()
  const severityInAddress = useAddress('severity', { push: true })
  const severity = computed<SeverityFilter>({
    get: () => severities.find((one) => one === severityInAddress.value) ?? 'all',
    set: (chosen) => (severityInAddress.value = chosen === 'all' ? undefined : chosen),
  })
  const groupingInAddress = useAddress('by')
  const grouping = computed<Grouping>({
    get: () => (groupingInAddress.value === 'name' ? 'name' : 'rule'),
    set: (chosen) => (groupingInAddress.value = chosen === 'rule' ? undefined : chosen),
  })
  const counts = shallowRef<ProblemPage['counts'] | null>(null)

  const pages = usePages(
    () => ({ query: query.value, ...(severity.value === 'all' ? {} : { severity: severity.value }) }),
    async (client, input, { cursor }) => {
      // As many as one page may hold: a section must not come apart over several.
      const page = await client.problems.list({
        ...input,
        limit: pageLimit,
        ...(cursor === undefined ? {} : { cursor }),
      })
      if (cursor === undefined && input.query === query.value) counts.value = page.counts
      return { items: page.problems, nextCursor: page.nextCursor }
    },
    () => [pulse.current.value?.analysedUpTo, pulse.current.value?.deletions],
  )
  const sections = computed(() => sectionsOf(pages.items.value, grouping.value))
  const total = computed(() => severities.reduce((sum, one) => sum + (counts.value?.[one] ?? 0), 0))
  const isNarrowed = computed(() => query.value !== '' || severity.value !== 'all')

  return { query, severity, grouping, counts, total, pages, sections, isNarrowed }
}
