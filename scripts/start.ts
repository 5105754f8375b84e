import { engineEnvironment, engineFlags } from '../electron/engine/memory.ts'
import { build } from './build.ts'
import { fetchElectronRuntime } from './electron-runtime.ts'
import { inProject, root } from './project.ts'
import { run } from './run.ts'

const args = process.argv.slice(2)
await build({ onlyStale: true })

const runtime = await fetchElectronRuntime()
if ('executable' in runtime) {
  process.exitCode = await run(runtime.executable, [root, ...args])
} else {
  console.error(`${runtime.missing}, so the page is served to the browser instead.`)
  const hasBrowser = process.platform !== 'linux' || process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']
  const open = hasBrowser && !args.includes('--json') ? ['--open'] : []
  process.exitCode = await run(
    process.execPath,
    [...engineFlags, inProject('dist/electron/cli/main.js'), 'serve', ...open, ...args],
    { env: engineEnvironment },
  )
}
