import { english } from '../../../../electron/engine/analysis/english.ts'
import type { Problem } from '../../../../shared/event.ts'
import { createLinter } from '../../../../shared/lint/index.ts'
import { namingRules } from '../../../../shared/lint/naming/index.ts'
import type { Facts, Rule } from '../../../../shared/lint/rule.ts'

const linter = createLinter(english)

/** All that is wrong with a name. */
export function problemsOf(name: string, lookAlike: Facts['lookAlike'] = null): Problem[] {
  return linter.lintName(name, lookAlike)
}

/** A rule's own examples, as rows of a table. */
export function examplesOf(id: string): { good: string; bad: string } {
  const rule = namingRules.find((candidate: Rule) => candidate.id === id)
  return { good: String(rule?.good['event']), bad: String(rule?.bad['event']) }
}
