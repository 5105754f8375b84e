import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inProject } from './project.ts'
import { runQuietly } from './run.ts'

export type ElectronRuntime = { executable: string } | { missing: string }

/** Minutes that fetching a hundred megabytes may take. */
const fetchMinutes = 10

function executableOf(env: NodeJS.ProcessEnv): string | null {
  const pathFile = inProject('node_modules/electron/path.txt')
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : 'electron'
  const executable = join(env['ELECTRON_OVERRIDE_DIST_PATH'] ?? inProject('node_modules/electron/dist'), name)
  return existsSync(executable) ? executable : null
}

/** Why no runtime could open a window here, in a sentence; null where nothing stands in its way. */
function obstacle(env: NodeJS.ProcessEnv): string | null {
  if (process.platform !== 'linux') return null
  if (!env['DISPLAY'] && !env['WAYLAND_DISPLAY']) return 'There is no display for the desktop app'
  return process.getuid?.() === 0 ? 'Electron’s sandbox does not let root open the desktop app' : null
}

/**
 * Where the Electron runtime is, or in a sentence why the desktop app can't open here. It does not ask the package
 * `electron` itself: that would begin to download.
 */
export function electronRuntime(env: NodeJS.ProcessEnv = process.env): ElectronRuntime {
  const executable = executableOf(env)
  if (executable === null) {
    return { missing: 'The Electron runtime is not on this machine (`npx install-electron` fetches it)' }
  }
  const missing = obstacle(env)
  return missing === null ? { executable } : { missing }
}

/** As `electronRuntime`, but fetches a runtime that is not there, once, where it could open a window. */
export async function fetchElectronRuntime(env: NodeJS.ProcessEnv = process.env): Promise<ElectronRuntime> {
  const missing = obstacle(env)
  if (missing !== null) return { missing }
  if (executableOf(env) === null) {
    console.error('Fetching the Electron runtime, about 100 MB, this once.')
    const { exitCode, lastLine } = await runQuietly(
      process.execPath,
      [inProject('node_modules/electron/install.js')],
      fetchMinutes * 60_000,
    )
    if (exitCode !== 0) return { missing: `The Electron runtime can’t be fetched (${lastLine})` }
  }
  return electronRuntime(env)
}
