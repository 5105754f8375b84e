import { computed } from 'vue'
import type { ComputedRef, WritableComputedRef } from 'vue'
import { withTerm } from '../../../shared/query/index.ts'
import { useAddress } from '../../lib/address.ts'

/** The session that is looked at: all, today, this hour, or since a moment that somebody has set (ISO 8601). */
export type SessionRange = 'all' | 'today' | 'hour' | (string & {})

/** From when on, as ISO 8601; null for all. `now` in epoch milliseconds; days and hours are the local ones. */
export function beginOf(range: SessionRange, now: number): string | null {
  const begin = new Date(now)
  switch (range) {
    case 'all':
      return null
    case 'today':
      begin.setHours(0, 0, 0, 0)
      return begin.toISOString()
    case 'hour':
      begin.setMinutes(0, 0, 0)
      return begin.toISOString()
    default:
      return range
  }
}

/** The range in an address; whatever can't be read stands for all. */
export function rangeIn(text: string | undefined): SessionRange {
  if (text === 'today' || text === 'hour') return text
  const at = text === undefined ? NaN : Date.parse(text)
  return Number.isNaN(at) ? 'all' : new Date(at).toISOString()
}

/** The session as the address has it. */
export function useSessionRange(): {
  range: WritableComputedRef<SessionRange>
  from: ComputedRef<string | null>
} {
  const inAddress = useAddress('range', { push: true })
  const range = computed<SessionRange>({
    get: () => rangeIn(inAddress.value),
    set: (chosen) => (inAddress.value = chosen === 'all' ? undefined : chosen),
  })
  return { range, from: computed(() => beginOf(range.value, Date.now())) }
}

/** The query for the events of a session and a source, within those that `query` asks for. */
export function queryWithin(query: string, from: string | null, source: string | null): string {
  const inTime = from === null ? query : withTerm(query, 'since', from)
  if (source === null) return inTime
  return source === '' ? `${inTime} missing:source`.trim() : withTerm(inTime, 'source', source)
}
