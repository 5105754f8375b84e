import type { Rule } from '../rule.ts'
import { invalidValue } from './invalid-value.ts'
import { missingProperty } from './missing-property.ts'
import { unplannedEvent } from './unplanned-event.ts'
import { unplannedProperty } from './unplanned-property.ts'
import { wrongType } from './wrong-type.ts'

/** What is held against the tracking plan. */
export const planRules: readonly Rule[] = [
  unplannedEvent,
  missingProperty,
  wrongType,
  invalidValue,
  unplannedProperty,
]
