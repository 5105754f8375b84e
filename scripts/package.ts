import { spawnSync } from 'node:child_process'
import { build } from './build.ts'
import { root } from './project.ts'
import { runTool } from './run.ts'

/**
 * The project's address on the web: a package for Debian has to name it, and only the place that the checkout came
 * from knows it. Null for a checkout without such a place.
 */
function homepage(env: NodeJS.ProcessEnv = process.env): string | null {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository } = env
  if (server && repository) return `${server}/${repository}`
  const { stdout } = spawnSync('git', ['remote', 'get-url', 'origin'], { cwd: root, encoding: 'utf8' })
  const [, host, path] = /^(?:https:\/\/|ssh:\/\/git@|git@)([^:/]+)[:/](.+?)(?:\.git)?\s*$/.exec(stdout) ?? []
  return host === undefined || path === undefined ? null : `https://${host}/${path}`
}

function builderArguments(): string[] {
  const address = homepage()
  if (address !== null) return [`-c.extraMetadata.homepage=${address}`]
  if (process.platform !== 'linux') return []
  console.error('This checkout has no remote, so only an AppImage is made: a .deb must name a homepage.')
  return ['--linux', 'AppImage']
}

await build()
process.exitCode = await runTool('electron-builder/cli.js', [
  '--publish=never',
  ...builderArguments(),
  ...process.argv.slice(2),
])
