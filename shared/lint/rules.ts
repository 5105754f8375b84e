import { missing as missingAccount } from './account/missing.ts'
import { damagedText } from './delivery/damaged-text.ts'
import { duplicate } from './delivery/duplicate.ts'
import { missing as missingIdentity } from './identity/missing.ts'
import { placeholder } from './identity/placeholder.ts'
import { none } from './metadata/none.ts'
import { notObject } from './metadata/not-object.ts'
import { reserved } from './metadata/reserved.ts'
import { stringified } from './metadata/stringified.ts'
import { namingRules } from './naming/index.ts'
import { planRules } from './plan/index.ts'
import type { Rule } from './rule.ts'

/** Every rule, in the order in which findings are shown. */
export const rules: readonly Rule[] = [
  ...namingRules,
  missingIdentity,
  placeholder,
  missingAccount,
  notObject,
  none,
  stringified,
  reserved,
  duplicate,
  damagedText,
  ...planRules,
]

const rulesById: ReadonlyMap<string, Rule> = new Map(rules.map((rule) => [rule.id, rule]))

export function ruleById(id: string): Rule | null {
  return rulesById.get(id) ?? null
}
