import { TracksideError } from '../../../../shared/contract/errors.ts'
import { isJsonObject } from '../../../../shared/normalise.ts'
import { checkPlan } from '../../../../shared/plan/check.ts'
import { canonical } from '../../../../shared/plan/difference.ts'
import type { Plan, PlannedEvent } from '../../../../shared/plan/plan.ts'
import { PlanFault, found } from '../../../../shared/plan/plan-fault.ts'
import { isMatchable } from './safe-pattern.ts'
import { Validators } from './validators.ts'

/** The plan, once it is one that events can be held against. Raises PLAN_INVALID. `known` has been through this. */
export function checkedPlan(plan: Plan, known: Plan | null): Plan {
  try {
    const checked = checkPlan(plan)
    const before = new Map(known?.events.map((event) => [event.name, canonical(event.schema)]))
    compileAll(checked.events.filter(({ name, schema }) => before.get(name) !== canonical(schema)))
    return checked
  } catch (error) {
    if (!(error instanceof PlanFault)) throw error
    const place = error.path.length === 0 ? '' : `${error.path.join('.')}: `
    throw new TracksideError('PLAN_INVALID', { detail: `${place}${error.message}` }, { cause: error })
  }
}

function compileAll(events: readonly PlannedEvent[]): void {
  const validators = new Validators(events)
  for (const { name } of events) {
    const fault = validators.faultOf(name)
    if (fault !== null) throw new PlanFault([], `the schema of ${found(name)} can’t be used: ${fault}`)
  }
}

/** Patterns by which no value can be judged in bounded time, as sentences. */
export function patternNotes(plan: Plan): string[] {
  return plan.events.flatMap(({ name, schema }) =>
    [...new Set(patternsIn(schema))]
      .filter((pattern) => !isMatchable(pattern))
      .map(
        (pattern) =>
          `${name}: the pattern ${found(pattern)} looks ahead or back, so values are not held against it.`,
      ),
  )
}

function patternsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(patternsIn)
  if (!isJsonObject(value)) return []
  const { pattern } = value
  return [...(typeof pattern === 'string' ? [pattern] : []), ...Object.values(value).flatMap(patternsIn)]
}
