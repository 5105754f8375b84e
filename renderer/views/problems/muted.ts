import type { ProblemGroup } from '../../../shared/contract/problems.ts'
import type { LintConfig, RuleSeverity } from '../../../shared/lint/config.ts'
import { chosenSeverity } from '../../../shared/lint/config.ts'
import { ruleById } from '../../../shared/lint/rules.ts'

/** What a team has said about a group; null where the rule’s own severity holds. */
export function agreedSeverity(config: LintConfig, { rule, type, name }: ProblemGroup): RuleSeverity | null {
  const known = ruleById(rule)
  return known === null ? null : chosenSeverity(config, known.id, type === 'track' ? name : null)
}

/** The groups as they are to be judged, before the past has been read anew: without those that are muted. */
export function judgedBy(config: LintConfig, groups: readonly ProblemGroup[]): ProblemGroup[] {
  return groups.flatMap((group) => {
    const severity = agreedSeverity(config, group)
    if (severity === 'off') return []
    return [severity === null ? group : { ...group, severity }]
  })
}

/** How much is muted: rules at every name, and names with at least one rule switched off. */
export function mutedIn({ rules, names }: LintConfig): { rules: number; names: number } {
  const isOff = (severity: RuleSeverity | undefined): boolean => severity === 'off'
  return {
    rules: Object.values(rules).filter(isOff).length,
    names: Object.values(names).filter((ofName) => Object.values(ofName).some(isOff)).length,
  }
}
