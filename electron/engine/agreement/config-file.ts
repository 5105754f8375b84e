import { unwatchFile, watchFile } from 'node:fs'
import { stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { TracksideError } from '../../../shared/contract/errors.ts'
import type { ConfigMistake } from '../../../shared/contract/lint.ts'
import { configFileLimit, configFileName, readConfigFile } from '../../../shared/lint-settings/config-file.ts'
import type { ConfigFileReading } from '../../../shared/lint-settings/config-file.ts'
import { UnreadableFile, readTextFile } from './text-file.ts'

/**
 * How often a file is looked at, in milliseconds. Looking, where the system could tell, because editors replace
 * files instead of writing them, and because nothing is told of a file that a container or a share has from elsewhere.
 */
export const lookMs = 500
/** UTF-8 has four bytes for a character at most. */
const bytesLimit = 4 * configFileLimit

/** The first `trackside.json` in a folder or above it, up to the root of its repository; null where there is none. */
export async function findConfigFile(folder: string): Promise<string | null> {
  for (let at = resolve(folder); ; at = dirname(at)) {
    const file = join(at, configFileName)
    if (await isThere(file)) return file
    if (at === dirname(at) || (await isThere(join(at, '.git')))) return null
  }
}

/** Whether there is something; what can't be looked at for another reason is something, too. */
export async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path)
    return true
  } catch (error) {
    return !(
      error instanceof Error &&
      'code' in error &&
      (error.code === 'ENOENT' || error.code === 'ENOTDIR')
    )
  }
}

/** Reads a `trackside.json`; the path of its plan is resolved. What keeps it from being read is a mistake, too. */
export async function loadConfigFile(path: string): Promise<ConfigFileReading> {
  const reading = await read(path)
  if ('mistake' in reading || reading.plan === null) return reading
  return { ...reading, plan: resolve(dirname(path), reading.plan) }
}

async function read(path: string): Promise<ConfigFileReading> {
  try {
    return readConfigFile(await readTextFile(path, bytesLimit))
  } catch (error) {
    if (error instanceof UnreadableFile) return unread(error.message)
    throw error
  }
}

function unread(message: string): ConfigFileReading {
  return { mistake: { message, line: null, column: null } }
}

/** The mistake as an error of the catalogue. */
export function configError(path: string, { message, line, column }: ConfigMistake): TracksideError {
  const place = line === null ? path : `${path}, line ${line}, column ${column}`
  return new TracksideError('CONFIG_BROKEN', { place, detail: message })
}

/** Calls back whenever the file may say something else, until the returned function is called. */
export function watchTextFile(path: string, onChange: () => void): () => void {
  watchFile(path, { interval: lookMs, persistent: false }, onChange)
  return () => unwatchFile(path, onChange)
}
