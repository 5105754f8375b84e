import type { Severity } from '../event.ts'
import type { RuleId } from './rule.ts'

export type RuleSeverity = Severity | 'off'

/** How a team writes its names. */
export type NameStyle = 'Title Case' | 'Sentence case' | 'snake_case' | 'kebab-case' | 'camelCase'

/** What a team has agreed on: with the events of the past, all that a verdict depends on. */
export interface LintConfig {
  /** Severities that differ from the rules' own. */
  rules: Readonly<Partial<Record<RuleId, RuleSeverity>>>
  /** The same at one event name, where it wins; `*` stands for every rule. */
  names: Readonly<Record<string, Readonly<Partial<Record<RuleId | '*', RuleSeverity>>>>>
  style: NameStyle
  /** Names that are right as they are. */
  allowedNames: readonly string[]
  /** Words of the team's own, which count as nouns and keep their spelling: products, features. */
  words: readonly string[]
  /** The currency of amounts that name none: ISO 4217, in capitals. */
  currency: string | null
}

export const defaultLintConfig: LintConfig = {
  rules: {},
  names: {},
  style: 'Title Case',
  allowedNames: [],
  words: [],
  currency: null,
}

/** The severity that a team has chosen for a rule at an event name; null where it has chosen none. */
export function chosenSeverity(
  config: LintConfig,
  rule: RuleId,
  eventName: string | null,
): RuleSeverity | null {
  const atName =
    eventName !== null && Object.hasOwn(config.names, eventName) ? config.names[eventName] : undefined
  return atName?.[rule] ?? atName?.['*'] ?? config.rules[rule] ?? null
}
