import { foreign } from './account/foreign.ts'
import { missing as missingAccount } from './account/missing.ts'
import { unknown as unknownAccount } from './account/unknown.ts'
import { damagedText } from './delivery/damaged-text.ts'
import { doubleFired } from './delivery/double-fired.ts'
import { duplicate } from './delivery/duplicate.ts'
import { longMessageId } from './delivery/long-message-id.ts'
import { missingField } from './delivery/missing-field.ts'
import { noMessageId } from './delivery/no-message-id.ts'
import { tooLarge } from './delivery/too-large.ts'
import { beforeIdentify } from './identity/before-identify.ts'
import { conflict } from './identity/conflict.ts'
import { email } from './identity/email.ts'
import { missing as missingIdentity } from './identity/missing.ts'
import { number } from './identity/number.ts'
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
import { future } from './time/future.ts'
import { old } from './time/old.ts'
import { skew } from './time/skew.ts'
import { unparseable } from './time/unparseable.ts'

/** Every rule, in the order in which findings are shown. */
export const rules: readonly Rule[] = [
  ...namingRules,
  missingIdentity,
  placeholder,
  email,
  number,
  conflict,
  beforeIdentify,
  missingAccount,
  foreign,
  unknownAccount,
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
  unparseable,
  future,
  old,
  skew,
  missingField,
  tooLarge,
  duplicate,
  doubleFired,
  damagedText,
  longMessageId,
  noMessageId,
  ...planRules,
]

const rulesById: ReadonlyMap<string, Rule> = new Map(rules.map((rule) => [rule.id, rule]))

export function ruleById(id: string): Rule | null {
  return rulesById.get(id) ?? null
}
