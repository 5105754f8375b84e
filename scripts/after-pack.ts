import { globSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { Arch } from 'electron-builder'
import type { AfterPackContext } from 'electron-builder'

/** Of the prebuilt binaries in the package, only this target's are of use; the others would be ten megabytes more. */
export function foreignPrebuilds(files: readonly string[], platform: string, arch: string): string[] {
  const wanted = arch === 'universal' ? ['arm64', 'x64'] : [arch]
  // Electron on Linux is linked with glibc, so the musl binaries are foreign too.
  const names = wanted.map((name) => `${platform}-${name}.node`)
  return files.filter((file) => !names.includes(basename(file)))
}

export default function afterPack({ appOutDir, electronPlatformName, arch }: AfterPackContext): void {
  const files = globSync('**/better-sqlite3/prebuilds/*.node', { cwd: appOutDir })
  const foreign = foreignPrebuilds(files, electronPlatformName, Arch[arch])
  if (foreign.length === files.length) {
    throw new Error(`No prebuilt SQLite for ${electronPlatformName} ${Arch[arch]} among ${files.join(', ')}.`)
  }
  for (const file of foreign) rmSync(join(appOutDir, file))
}
