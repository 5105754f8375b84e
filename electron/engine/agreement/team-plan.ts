import { TracksideError } from '../../../shared/contract/errors.ts'
import type { FileTrouble } from '../../../shared/contract/lint.ts'
import type { PlanState } from '../../../shared/contract/plan.ts'
import { canonical } from '../../../shared/plan/difference.ts'
import type { ReaderMethods } from '../threads/reader-methods.ts'
import type { Remote } from '../threads/remote.ts'
import type { WriterMethods } from '../threads/writer-methods.ts'
import { watchTextFile } from './config-file.ts'
import { planFileError, readPlanText } from './plan-file.ts'

interface TeamPlanOptions {
  reader: Pick<Remote<ReaderMethods>, 'importPlan' | 'filePlan'>
  writer: Pick<Remote<WriterMethods>, 'setFilePlan'>
  /** Epoch milliseconds. */
  now(): number
  /** The file may hold another plan now. */
  onChange(): void
}

/**
 * The tracking plan that `trackside.json` names. While it names one, that file's plan is in force; the one kept in the
 * store is left alone, and is in force again when the name goes. A file that is broken changes nothing: the last plan
 * that could be read from it stays, also over a restart.
 */
export class TeamPlan {
  readonly #options: TeamPlanOptions
  #path: string | null = null
  #trouble: FileTrouble | null = null
  #unwatch: () => void = () => undefined

  constructor(options: TeamPlanOptions) {
    this.#options = options
  }

  /** The file, and why what it says is not in force; null where none is named. */
  get file(): PlanState['file'] {
    return this.#path === null ? null : { path: this.#path, trouble: this.#trouble?.message ?? null }
  }

  get trouble(): FileTrouble | null {
    return this.#trouble
  }

  /** The file whose plan is in force, also where it has been so since before the start; null where it is none. */
  async lastFile(): Promise<string | null> {
    return (await this.#options.reader.filePlan(null))?.file ?? null
  }

  /** Reads the file that is named now, and resolves once all judge by it. Never raises what is wrong with the file. */
  async follow(path: string | null): Promise<void> {
    const { reader, writer } = this.#options
    const before = await reader.filePlan(null)
    if (before !== null && before.file !== path) await writer.setFilePlan(null)
    // Not before the plan that is kept is in force again: who sees no file here may change that one.
    if (path !== this.#path) {
      this.#unwatch()
      this.#unwatch = path === null ? () => undefined : watchTextFile(path, this.#options.onChange)
      this.#path = path
    }
    this.#trouble = null
    if (path !== null) await this.#read(path)
  }

  stop(): void {
    this.#unwatch()
  }

  async #read(path: string): Promise<void> {
    const { reader, writer, now } = this.#options
    try {
      const text = await readPlanText(path)
      const { plan } = await reader.importPlan({ text, file: path, format: 'auto', keep: false })
      const before = await reader.filePlan(null)
      if (before !== null && canonical(before.plan) === canonical(plan)) return
      await writer.setFilePlan({ file: path, plan, changedAt: now() })
    } catch (error) {
      const told = planFileError(path, error)
      const isUnreadable = told instanceof TracksideError && told.code === 'PLAN_FILE_UNREADABLE'
      this.#trouble = {
        file: path,
        kind: isUnreadable ? 'unreadable' : 'broken',
        message: told instanceof Error ? told.message : String(told),
      }
    }
  }
}
