import type Database from 'better-sqlite3'
import type {
  DraftedPlan,
  ImportedPlanAnswer,
  PlanCoverage,
  PlanState,
} from '../../../shared/contract/plan.ts'
import type { Problem } from '../../../shared/event.ts'
import { differenceOf } from '../../../shared/plan/difference.ts'
import type { ImportFormat } from '../../../shared/plan/import/formats.ts'
import { mergedPlan } from '../../../shared/plan/merge.ts'
import type { Plan } from '../../../shared/plan/plan.ts'
import { checkedPlan, patternNotes } from '../analysis/plan/checked-plan.ts'
import { draftFromLog } from '../analysis/plan/draft-from-log.ts'
import { planFromText } from '../analysis/plan/plan-from-text.ts'
import { readFilePlan, readStoredPlan } from '../store/plan.ts'
import type { FilePlan } from '../store/plan.ts'
import { isoTime } from '../store/queries/event-rows.ts'
import { PlanQueries } from '../store/queries/plan-coverage.ts'

/** What can be asked of the reader about the tracking plan. */
export interface PlanReads {
  plan(input: null): Omit<PlanState, 'file'>
  /** The file whose plan is in force, and that plan; null where it is none. */
  filePlan(input: null): FilePlan | null
  /** The plan as it can be kept. Raises PLAN_INVALID. */
  checkPlan(plan: Plan): Plan
  /** What would become of the plan; the readers of all formats are loaded only for that. Raises PLAN_UNREADABLE, PLAN_INVALID. */
  importPlan(input: {
    text: string
    file: string
    format: ImportFormat | 'auto'
    keep: boolean
  }): Promise<ImportedPlanAnswer>
  draftPlan(input: { query: string; keep: boolean; now: number }): DraftedPlan
  planCoverage(input: { query: string; now: number }): PlanCoverage
}

/** `judge` says what the rules find in a name alone, whatever else is in use. */
export function planReads(database: Database.Database, judge: (name: string) => Problem[]): PlanReads {
  const queries = new PlanQueries(database)
  const current = (): Plan | null => readStoredPlan(database)?.plan ?? null
  return {
    plan: () => {
      const stored = readStoredPlan(database)
      return { plan: stored?.plan ?? null, changedAt: stored === null ? null : isoTime(stored.changedAt) }
    },
    filePlan: () => readFilePlan(database),
    checkPlan: (plan) => checkedPlan(plan, current()),
    importPlan: async ({ keep, ...text }) => {
      const read = await planFromText(text, current())
      const before = current()
      const merged = keep && before !== null ? mergedPlan(before, read.plan) : null
      // The events of either are checked; together they may be too many.
      const plan = merged === null ? read.plan : checkedPlan(merged, merged)
      return {
        format: read.format,
        notes: [...read.notes, ...patternNotes(read.plan)],
        plan,
        changes: differenceOf(before, plan),
      }
    },
    draftPlan: ({ query, keep, now }) => {
      const before = current()
      const stays = keep ? before : null
      const planned = stays?.events.map(({ name }) => name) ?? []
      const { plan: drafted, ...told } = draftFromLog(database, { query, now, planned }, judge)
      // What somebody has agreed on is better than what happens to be sent.
      const merged = stays === null ? drafted : mergedPlan(mergedPlan(stays, drafted), stays)
      const plan = merged.events.length === 0 ? null : checkedPlan(merged, before)
      return {
        plan,
        ...told,
        changes: plan === null ? [] : differenceOf(before, plan),
      }
    },
    planCoverage: (input) => queries.coverage(input),
  }
}
