import { TracksideError } from '../../../../shared/contract/errors.ts'
import type { ErrorData } from '../../../../shared/contract/errors.ts'
import type { TextPlace } from '../../../../shared/json-places.ts'
import { isJsonObject } from '../../../../shared/normalise.ts'
import { checkPlan } from '../../../../shared/plan/check.ts'
import { canonical } from '../../../../shared/plan/difference.ts'
import { pathWithin } from '../../../../shared/plan/origin.ts'
import type { Plan, PlannedEvent } from '../../../../shared/plan/plan.ts'
import { PlanFault, found } from '../../../../shared/plan/plan-fault.ts'
import type { DocumentPath } from '../../../../shared/plan/plan-fault.ts'
import { isMatchable } from './safe-pattern.ts'
import { Validators } from './validators.ts'

/** The text that a plan was read from: which file, and where in it. */
interface PlanSource {
  file: string
  placeOf(path: DocumentPath): TextPlace
}

/**
 * The plan, once it is one that events can be held against. Raises PLAN_INVALID, with line and column where it has come
 * from a text. `known` has been through this.
 */
export function checkedPlan(plan: Plan, known: Plan | null, source: PlanSource | null = null): Plan {
  try {
    const checked = checkPlan(plan)
    const before = new Map(known?.events.map((event) => [event.name, canonical(event.schema)]))
    compileAll(checked.events.filter(({ name, schema }) => before.get(name) !== canonical(schema)))
    return checked
  } catch (error) {
    if (!(error instanceof PlanFault)) throw error
    throw new TracksideError(
      'PLAN_INVALID',
      { ...placeData(error.path, source), detail: error.message },
      { cause: error },
    )
  }
}

/** The place of a fault as its sentence begins with it, and by its parts. */
function placeData(path: DocumentPath, source: PlanSource | null): ErrorData {
  if (source === null) return { place: path.length === 0 ? 'The plan can’t be kept' : path.join('.') }
  const { file } = source
  const { line, column } = source.placeOf(path)
  return { place: `${file}, line ${line}, column ${column}`, file, line, column }
}

function compileAll(events: readonly PlannedEvent[]): void {
  const validators = new Validators(events)
  for (const { name, schema } of events) {
    const fault = validators.faultOf(name)
    if (fault === null) continue
    const reason = [fault.steps.join('.'), fault.reason].filter((part) => part !== '').join(' ')
    throw new PlanFault(
      pathWithin(schema, fault.steps, []),
      `the schema of ${found(name)} can’t be used: ${reason}`,
    )
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
