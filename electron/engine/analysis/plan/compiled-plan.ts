import { NameIndex } from '../../../../shared/lint/index.ts'
import type { PlanJudge, PlanViolation } from '../../../../shared/lint/plan/judge.ts'
import type { LintedEvent } from '../../../../shared/lint/rule.ts'
import type { Plan } from '../../../../shared/plan/plan.ts'
import { Validators } from './validators.ts'
import { violationsIn } from './violations.ts'

/** Values in the properties of one call, at most: a larger one would hold up analysis. */
const valueLimit = 5_000
/** As deep as a validator may recurse. */
const depthLimit = 100

/** A plan, ready to judge by. A schema that can't be compiled judges nothing. */
export class CompiledPlan implements PlanJudge {
  readonly #validators: Validators
  readonly #names = new NameIndex()
  /** Five rules ask about each event, one after the other. */
  #last: { event: LintedEvent; violations: readonly PlanViolation[] | null } | null = null

  constructor(plan: Plan) {
    this.#validators = new Validators(plan.events)
    for (const { name } of plan.events) this.#names.add(name)
  }

  violations(event: LintedEvent): readonly PlanViolation[] | null {
    if (this.#last?.event !== event) this.#last = { event, violations: this.#judge(event) }
    return this.#last.violations
  }

  lookAlike(name: string): string | null {
    return this.#names.lookAlike(name)?.name ?? null
  }

  #judge({ event, properties, payload }: LintedEvent): readonly PlanViolation[] | null {
    const validate = event === null ? undefined : this.#validators.of(event)
    if (validate === undefined) return null
    // Properties that are no object are the matter of another rule.
    if (properties === null && payload['properties'] != null) return []
    const judged = properties ?? {}
    if (!isBounded(judged) || validate(judged)) return []
    return violationsIn(judged, validate.errors ?? [])
  }
}

/** Whether a value is small enough to be validated at all. No recursion, so that depth can't exhaust the stack. */
function isBounded(root: unknown): boolean {
  const open: { value: unknown; depth: number }[] = [{ value: root, depth: 0 }]
  let values = 0
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const { value, depth } = node
    if (typeof value !== 'object' || value === null) continue
    const inside: unknown[] = Array.isArray(value) ? value : Object.values(value)
    values += inside.length
    if (values > valueLimit || depth > depthLimit) return false
    for (const one of inside) open.push({ value: one, depth: depth + 1 })
  }
  return true
}
