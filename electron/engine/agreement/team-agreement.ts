import type { LintConfigOutput, LintRule, LintSettings } from '../../../shared/contract/lint.ts'
import type { PlanState } from '../../../shared/contract/plan.ts'
import type { Status } from '../../../shared/contract/schemas.ts'
import { lintFingerprint, mergedLint } from '../../../shared/lint-settings/merge.ts'
import type { LintConfig } from '../../../shared/lint/index.ts'
import { rules } from '../../../shared/lint/index.ts'
import type { ReaderMethods } from '../threads/reader-methods.ts'
import type { Remote } from '../threads/remote.ts'
import type { WriterMethods } from '../threads/writer-methods.ts'
import { TeamConfig } from './team-config.ts'
import type { ConfigPlace } from './team-config.ts'
import { TeamPlan } from './team-plan.ts'

export interface TeamAgreementOptions {
  reader: Pick<Remote<ReaderMethods>, 'setLintConfig' | 'failedRules' | 'importPlan' | 'filePlan'>
  writer: Pick<Remote<WriterMethods>, 'setLintConfig' | 'setFilePlan'>
  /** The `trackside.json` to follow; null for none. */
  config: ConfigPlace | null
  /** What is set in the settings. */
  here: LintSettings
  /** Epoch milliseconds. */
  now(): number
  /** Something that is told about the agreement has changed. */
  onChange(): void
}

/** What a team has agreed on about rules and names: put together from all places, and told to those who judge by it. */
export class TeamAgreement {
  readonly #options: TeamAgreementOptions
  readonly #config: TeamConfig
  readonly #plan: TeamPlan
  #here: LintSettings
  #inForce: string | null = null
  #lastChange: Promise<void> = Promise.resolve()

  private constructor(options: TeamAgreementOptions) {
    this.#options = options
    this.#here = options.here
    this.#config = new TeamConfig(options.config)
    this.#plan = new TeamPlan({ ...options, onChange: () => void this.#then(() => this.#followPlan()) })
  }

  /** Resolves once all judge by it. A file that is broken keeps nothing from starting: it says nothing then. */
  static async begin(options: TeamAgreementOptions): Promise<TeamAgreement> {
    const agreement = new TeamAgreement(options)
    await agreement.#followFile()
    agreement.#config.follow(() => void agreement.#then(() => agreement.#followFile()))
    return agreement
  }

  /** What is set in the settings now. Resolves once all judge by it. */
  setHere(here: LintSettings): Promise<void> {
    return this.#then(async () => {
      this.#here = here
      await this.#putIntoForce()
    })
  }

  /** Where the team keeps its tracking plan; null where it is kept in the store. */
  get planFile(): PlanState['file'] {
    return this.#plan.file
  }

  get #merged() {
    return mergedLint({ here: this.#here, file: this.#config.file?.settings ?? {} })
  }

  /** The configuration in force, and where each part of it comes from. */
  get current(): LintConfigOutput {
    return { ...this.#merged, here: this.#here, file: this.#config.file }
  }

  /** Every rule with the severity that is in force. */
  async rules(): Promise<LintRule[]> {
    const failed = await this.#options.reader.failedRules(null)
    const { config, origins } = this.#merged
    return rules.map(({ id, severity, title, documentation, good, bad, source }) => ({
      id,
      family: id.slice(0, id.indexOf('/')),
      title,
      documentation,
      good,
      bad,
      source,
      defaultSeverity: severity,
      severity: config.rules[id] ?? severity,
      origin: origins.rules[id] ?? 'default',
      failure: failed.find(({ rule }) => rule === id) ?? null,
    }))
  }

  async status(): Promise<Status['lint']> {
    return {
      file: this.#config.file?.path ?? null,
      trouble: this.#config.trouble ?? this.#plan.trouble,
      failures: await this.#options.reader.failedRules(null),
    }
  }

  async stop(): Promise<void> {
    this.#config.stop()
    this.#plan.stop()
    await this.#lastChange
  }

  /** One change after the other, in the order in which they came. */
  #then(change: () => Promise<void>): Promise<void> {
    const changed = this.#lastChange.then(change)
    this.#lastChange = changed.catch(() => undefined)
    return changed
  }

  async #followFile(): Promise<void> {
    await this.#config.read()
    await this.#followPlan()
    await this.#putIntoForce()
  }

  async #followPlan(): Promise<void> {
    const named = this.#config.file?.plan ?? null
    // A file that is broken at the start has named nothing yet: what it named last time stays.
    await this.#plan.follow(named ?? (this.#config.isBroken ? await this.#plan.lastFile() : null))
    this.#options.onChange()
  }

  async #putIntoForce(): Promise<void> {
    const { config } = this.#merged
    const fingerprint = lintFingerprint(config)
    if (fingerprint !== this.#inForce) {
      await this.#tell(config)
      this.#inForce = fingerprint
    }
    this.#options.onChange()
  }

  async #tell(config: LintConfig): Promise<void> {
    const { reader, writer } = this.#options
    await Promise.all([reader.setLintConfig(config), writer.setLintConfig(config)])
  }
}
