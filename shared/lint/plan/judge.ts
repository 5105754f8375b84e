import type { LintedEvent } from '../rule.ts'

/** How a call differs from the plan. `path` leads into the call: properties.products[0].sku. */
export type PlanViolation =
  | { kind: 'unplanned-property'; path: string; key: string; nearest: string | null }
  | { kind: 'missing-property'; path: string; key: string; expected: string }
  | { kind: 'wrong-type'; path: string; key: string; expected: string; value: unknown; better: string | null }
  | { kind: 'invalid-value'; path: string; message: string; better: string | null }

export type PlanViolationKind = PlanViolation['kind']

/** The tracking plan as rules ask it. The engine implements it, because the page would have to load a validator. */
export interface PlanJudge {
  /** In which ways a track call differs from what is planned for its name; null where its name is not planned. */
  violations(event: LintedEvent): readonly PlanViolation[] | null
  /** The planned name that this one differs from by case, spacing, tense, plural or one letter. */
  lookAlike(name: string): string | null
}

/** More than this would bury the other findings of an event. */
const findingLimit = 10

/** Those of one kind; none for what is no track call or has no name that is planned. */
export function violationsOf<Kind extends PlanViolationKind>(
  event: LintedEvent,
  judge: PlanJudge | null,
  kind: Kind,
): Extract<PlanViolation, { kind: Kind }>[] {
  if (judge === null || event.type !== 'track') return []
  const ofKind = (violation: PlanViolation): violation is Extract<PlanViolation, { kind: Kind }> =>
    violation.kind === kind
  return (judge.violations(event) ?? []).filter(ofKind).slice(0, findingLimit)
}
