import { describe, expect, it } from 'vitest'
import { foreignPrebuilds } from '../../../scripts/after-pack.ts'

const folder = 'resources/app.asar.unpacked/node_modules/better-sqlite3/prebuilds'
const all = ['darwin-arm64', 'darwin-x64', 'linux-arm64', 'linux-x64', 'linuxmusl-x64', 'win32-x64'].map(
  (target) => `${folder}/${target}.node`,
)
const kept = (platform: string, arch: string): string[] => {
  const foreign = foreignPrebuilds(all, platform, arch)
  return all.filter((file) => !foreign.includes(file)).map((file) => file.slice(folder.length + 1))
}

describe('a package', () => {
  it('keeps the one SQLite that its target can load', () => {
    expect(kept('linux', 'x64')).toEqual(['linux-x64.node'])
    expect(kept('win32', 'x64')).toEqual(['win32-x64.node'])
  })

  it('for both kinds of Mac keeps both', () => {
    expect(kept('darwin', 'universal')).toEqual(['darwin-arm64.node', 'darwin-x64.node'])
  })

  it('for a target without one keeps nothing, which stops the packaging', () => {
    expect(kept('linux', 'armv7l')).toEqual([])
  })
})
