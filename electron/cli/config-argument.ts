import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { TracksideError } from '../../shared/contract/errors.ts'

/** The `trackside.json` that was asked for. Raises CONFIG_MISSING. */
export function configAt(asked: string): string {
  const file = resolve(asked)
  if (!existsSync(file)) throw new TracksideError('CONFIG_MISSING', { file })
  return file
}
