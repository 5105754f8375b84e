import { createHash } from 'node:crypto'
import { createLinter } from '../../../shared/lint/index.ts'
import type { LintConfig, Linter } from '../../../shared/lint/index.ts'
import { lintFingerprint } from '../../../shared/lint-settings/merge.ts'
import { english } from './english.ts'

/** A configuration with the linter that follows it. */
export interface Agreement {
  config: LintConfig
  linter: Linter
  /** The same for configurations under which every event gets the same verdict. */
  fingerprint: string
}

export function agreementOn(config: LintConfig): Agreement {
  const fingerprint = createHash('sha256').update(lintFingerprint(config)).digest('hex')
  return { config, linter: createLinter(english, config), fingerprint }
}
