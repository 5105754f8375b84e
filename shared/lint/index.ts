export { createLinter, lint, lintName } from './linter.ts'
export type { Fault, Linter, LintOptions, Verdict } from './linter.ts'
export { NameIndex } from './near-duplicate/index.ts'
export { ruleById, rules } from './rules.ts'
