import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inProject } from './project.ts'

export type ElectronRuntime = { executable: string } | { missing: string }

/**
 * Where the Electron runtime is, or in a sentence why the desktop app can't open here. It does not ask the package
 * `electron` itself: that would begin to download.
 */
export function electronRuntime(env: NodeJS.ProcessEnv = process.env): ElectronRuntime {
  const pathFile = inProject('node_modules/electron/path.txt')
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : 'electron'
  const executable = join(env['ELECTRON_OVERRIDE_DIST_PATH'] ?? inProject('node_modules/electron/dist'), name)
  if (!existsSync(executable)) {
    return { missing: 'The Electron runtime is not on this machine (`npx install-electron` fetches it)' }
  }
  if (process.platform === 'linux') {
    if (!env['DISPLAY'] && !env['WAYLAND_DISPLAY'])
      return { missing: 'There is no display for the desktop app' }
    if (process.getuid?.() === 0)
      return { missing: 'Electron’s sandbox does not let root open the desktop app' }
  }
  return { executable }
}
