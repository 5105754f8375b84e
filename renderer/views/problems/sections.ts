import type { ProblemGroup } from '../../../shared/contract/problems.ts'
import { severities } from '../../../shared/event.ts'
import type { CallType, Severity } from '../../../shared/event.ts'
import { addressOfName } from '../../lib/name-text.ts'

export const groupings = ['rule', 'name', 'source'] as const
export type Grouping = (typeof groupings)[number]

/** Groups of one rule, of one name, or from one source. */
export interface ProblemSection {
  key: string
  worst: Severity
  groups: ProblemGroup[]
}

/** What a group is known by in the address. */
export interface GroupAddress {
  rule: string
  /** Left out for track calls. */
  type: string | undefined
  /** Left out for calls without a name. */
  name: string | undefined
  /** The source that it is of, where groups are by source. */
  of: string | undefined
}

export const addressOfGroup = ({ rule, type, name, source }: ProblemGroup): GroupAddress => ({
  rule,
  type: type === 'track' || type === null ? undefined : type,
  name: name === null ? undefined : addressOfName(name),
  of: source ?? undefined,
})

export const keyOfGroup = (group: ProblemGroup): string => {
  return keyOfAddress(addressOfGroup(group))
}

export const keyOfAddress = ({ rule, type = '', name = '', of = '' }: GroupAddress): string =>
  JSON.stringify([rule, type, name, of])

export const callTypeOf = (group: ProblemGroup): CallType | null => group.type as CallType | null

/** The worst first, then the most frequent; the same within each section. */
export function sectionsOf(groups: readonly ProblemGroup[], by: Grouping): ProblemSection[] {
  const byKey = Map.groupBy(groups, ({ rule, type, name, source }) => {
    switch (by) {
      case 'rule':
        return rule
      case 'name':
        return JSON.stringify([type, name])
      case 'source':
        return source ?? ''
    }
  })
  return Array.from(byKey, ([key, members]): ProblemSection => {
    const sorted = members.toSorted((a, b) => rank(a.severity) - rank(b.severity) || b.events - a.events)
    return { key, groups: sorted, worst: sorted[0]?.severity ?? 'info' }
  }).toSorted((a, b) => rank(a.worst) - rank(b.worst) || eventsOf(b) - eventsOf(a))
}

/** How many events the groups of a section have; an event with problems of two rules counts for each. */
export const eventsOf = ({ groups }: ProblemSection): number =>
  groups.reduce((sum, { events }) => sum + events, 0)

/** How bad the name itself is, when these groups are all of one name. */
export const markOf = (groups: readonly ProblemGroup[]): Severity | null =>
  groups.find(({ example }) => example.path === 'event')?.severity ?? null

const rank = (severity: Severity): number => severities.indexOf(severity)
