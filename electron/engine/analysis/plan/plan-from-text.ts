import type { ImportFormat } from '../../../../shared/plan/import/formats.ts'
import type { ImportedPlan } from '../../../../shared/plan/import/read-plan.ts'
import type { Plan } from '../../../../shared/plan/plan.ts'
import { checkedPlan } from './checked-plan.ts'

interface PlanText {
  text: string
  /** What an error calls it; its ending tells the format. */
  file: string
  format: ImportFormat | 'auto'
}

/**
 * The plan in a text, ready to judge by. Raises PLAN_UNREADABLE, PLAN_INVALID, both with line and column. `known` has
 * been through this.
 */
export async function planFromText(
  { text, file, format }: PlanText,
  known: Plan | null,
): Promise<ImportedPlan> {
  // What reads YAML and CSV is loaded where there is something to read.
  const { placeInPlan, readPlan } = await import('../../../../shared/plan/import/read-plan.ts')
  const read = readPlan(text, file, format)
  const placeOf = (path: Parameters<typeof placeInPlan>[3]) => placeInPlan(text, file, format, path)
  return { ...read, plan: checkedPlan(read.plan, known, { file, placeOf }) }
}
