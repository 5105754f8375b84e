import { missing as missingAccount } from './account/missing.ts'
import { damagedText } from './delivery/damaged-text.ts'
import { duplicate } from './delivery/duplicate.ts'
import { missing as missingIdentity } from './identity/missing.ts'
import { placeholder } from './identity/placeholder.ts'
import { currency } from './metadata/currency.ts'
import { dateFormat } from './metadata/date-format.ts'
import { dynamicKey } from './metadata/dynamic-key.ts'
import { emptyValue } from './metadata/empty-value.ts'
import { keyCasing } from './metadata/key-casing.ts'
import { none } from './metadata/none.ts'
import { notObject } from './metadata/not-object.ts'
import { personalData } from './metadata/personal-data.ts'
import { reserved } from './metadata/reserved.ts'
import { spec } from './metadata/spec.ts'
import { stringified } from './metadata/stringified.ts'
import { tooDeep } from './metadata/too-deep.ts'
import { tooMany } from './metadata/too-many.ts'
import { typeDrift } from './metadata/type-drift.ts'
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
  reserved,
  currency,
  spec,
  stringified,
  typeDrift,
  emptyValue,
  dateFormat,
  personalData,
  keyCasing,
  dynamicKey,
  tooDeep,
  tooMany,
  duplicate,
  damagedText,
  ...planRules,
]

const rulesById: ReadonlyMap<string, Rule> = new Map(rules.map((rule) => [rule.id, rule]))

export function ruleById(id: string): Rule | null {
  return rulesById.get(id) ?? null
}
