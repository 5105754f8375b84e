import { resolve } from 'node:path'
import { settingsSchema } from '../../../shared/contract/settings.ts'
import type { LintSettings } from '../../../shared/contract/lint.ts'
import { mergedLint } from '../../../shared/lint-settings/merge.ts'
import type { LintConfig } from '../../../shared/lint/index.ts'
import type { Plan } from '../../../shared/plan/plan.ts'
import { configError, findConfigFile, loadConfigFile } from '../../engine/agreement/config-file.ts'
import { loadPlanFile } from '../../engine/agreement/plan-file.ts'
import type { StoredSettings } from '../../engine/store/queries/settings.ts'
import { configAt } from '../config-argument.ts'

/** What calls are judged by. */
export interface Agreement {
  config: LintConfig
  plan: Plan | null
}

export interface AgreementFlags {
  config?: string
  plan?: string
}

interface Files {
  settings: LintSettings
  /** undefined where no file names one. */
  plan: Plan | undefined
}

/**
 * What the files say: the `trackside.json` that is asked for, else the one found, and the plan that is asked for, else
 * the one that it names. Raises CONFIG_*, PLAN_FILE_*.
 */
async function readFiles(flags: AgreementFlags): Promise<Files> {
  const file = flags.config === undefined ? await findConfigFile(process.cwd()) : configAt(flags.config)
  const reading = file === null ? { settings: {}, plan: null } : await loadConfigFile(file)
  if ('mistake' in reading) throw configError(file ?? '', reading.mistake)
  const planFile = flags.plan === undefined ? reading.plan : resolve(flags.plan)
  return { settings: reading.settings, plan: planFile === null ? undefined : await loadPlanFile(planFile) }
}

/** For calls of which nobody has said anything. */
export async function agreementOfFiles(flags: AgreementFlags): Promise<Agreement> {
  const { settings, plan } = await readFiles(flags)
  return { config: mergedLint({ here: {}, file: settings }).config, plan: plan ?? null }
}

/** What an engine on these settings and this plan would judge by, started here. */
export async function agreementBeside(
  kept: { settings: StoredSettings; plan: Plan | null },
  flags: AgreementFlags,
): Promise<Agreement> {
  const { settings, plan } = await readFiles(flags)
  // Who names a file means that one, whatever somebody has tried out in a page.
  const here = flags.config === undefined ? lintSettingsIn(kept.settings) : {}
  return { config: mergedLint({ here, file: settings }).config, plan: plan ?? kept.plan }
}

/** What is asked for in place of what a running engine judges by. */
export async function agreementInstead(inForce: Agreement, flags: AgreementFlags): Promise<Agreement> {
  if (flags.config !== undefined) {
    const { config, plan } = await agreementOfFiles(flags)
    return { config, plan: plan ?? inForce.plan }
  }
  return flags.plan === undefined
    ? inForce
    : { config: inForce.config, plan: await loadPlanFile(resolve(flags.plan)) }
}

/** A setting that can't be read counts as none, as it does for the engine. */
function lintSettingsIn(stored: StoredSettings): LintSettings {
  try {
    return settingsSchema.shape.lint.parse(JSON.parse(stored['lint'] ?? '{}'))
  } catch {
    return {}
  }
}
