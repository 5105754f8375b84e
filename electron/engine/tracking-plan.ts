import { TracksideError } from '../../shared/contract/errors.ts'
import type { DraftedPlan, ImportedPlanAnswer, PlanState } from '../../shared/contract/plan.ts'
import { exportPlan } from '../../shared/plan/export/index.ts'
import type { ExportedPlan } from '../../shared/plan/export/index.ts'
import type { ExportFormat } from '../../shared/plan/export/formats.ts'
import type { Plan } from '../../shared/plan/plan.ts'
import type { ReaderMethods } from './threads/reader-methods.ts'
import type { Remote } from './threads/remote.ts'
import type { WriterMethods } from './threads/writer-methods.ts'

interface TrackingPlanParts {
  reader: Pick<Remote<ReaderMethods>, 'plan' | 'checkPlan' | 'importPlan' | 'draftPlan'>
  writer: Pick<Remote<WriterMethods>, 'setPlan'>
  /** Where the team keeps the plan; null where it is kept here. */
  file(): PlanState['file']
  /** Epoch milliseconds. */
  now(): number
  /** Told once another plan is in force. */
  onChange(): void
}

/** The tracking plan: read, checked and drawn up by the reader, kept by the writer. */
export class TrackingPlan {
  readonly #parts: TrackingPlanParts

  constructor(parts: TrackingPlanParts) {
    this.#parts = parts
  }

  async get(): Promise<PlanState> {
    const file = this.#parts.file()
    return { ...(await this.#parts.reader.plan(null)), file }
  }

  /** Raises PLAN_INVALID, PLAN_IN_FILE, as all that changes the plan. */
  async put(plan: Plan): Promise<PlanState> {
    await this.#keep(await this.#parts.reader.checkPlan(plan))
    return this.get()
  }

  async remove(): Promise<void> {
    await this.#keep(null)
  }

  /** Raises PLAN_UNREADABLE, PLAN_INVALID. */
  async import(
    input: Parameters<ReaderMethods['importPlan']>[0] & { dryRun: boolean },
  ): Promise<ImportedPlanAnswer> {
    const { dryRun, ...wanted } = input
    const imported = await this.#parts.reader.importPlan(wanted)
    if (!dryRun) await this.#keep(imported.plan)
    return imported
  }

  /** Raises QUERY_SYNTAX. */
  async draft(input: { query: string; keep: boolean; dryRun: boolean }): Promise<DraftedPlan> {
    const { query, keep } = input
    const drafted = await this.#parts.reader.draftPlan({ query, keep, now: this.#parts.now() })
    if (!input.dryRun && drafted.plan !== null) await this.#keep(drafted.plan)
    return drafted
  }

  /** Raises PLAN_MISSING. */
  async export(format: ExportFormat): Promise<ExportedPlan> {
    const { plan } = await this.get()
    if (plan === null) throw new TracksideError('PLAN_MISSING')
    return exportPlan(plan, format)
  }

  async #keep(plan: Plan | null): Promise<void> {
    const file = this.#parts.file()
    if (file !== null) throw new TracksideError('PLAN_IN_FILE', { file: file.path })
    await this.#parts.writer.setPlan({ plan, now: this.#parts.now() })
    this.#parts.onChange()
  }
}
