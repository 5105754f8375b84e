import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { TracksideError } from '../../shared/contract/errors.ts'
import { findConfigFile } from '../engine/agreement/config-file.ts'

/** The `trackside.json` that was asked for, else the one that is found here or above. Raises CONFIG_MISSING. */
export function configFileOf(asked: string | undefined): string | null {
  if (asked === undefined) return findConfigFile(process.cwd())
  const file = resolve(asked)
  if (!existsSync(file)) throw new TracksideError('CONFIG_MISSING', { file })
  return file
}
