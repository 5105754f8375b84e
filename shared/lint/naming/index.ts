import type { Rule } from '../rule.ts'
import { casing } from './casing.ts'
import { dynamic } from './dynamic.ts'
import { missing } from './missing.ts'
import { nearDuplicate } from './near-duplicate.ts'
import { nondescript } from './nondescript.ts'
import { objectAction } from './object-action.ts'
import { tooLong } from './too-long.ts'
import { whitespace } from './whitespace.ts'

/** One name has one main finding: that of the first of these that finds something. */
export const mainNamingRules: readonly Rule[] = [
  missing,
  nondescript,
  dynamic,
  whitespace,
  casing,
  objectAction,
  nearDuplicate,
]

/** All rules about names; `too-long` may stand beside another finding. */
export const namingRules: readonly Rule[] = [...mainNamingRules, tooLong]

export { nearDuplicate, tooLong }
