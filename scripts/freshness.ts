import { statSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { inProject } from './project.ts'

/** When a file, or anything in a folder, last changed, in ms since 1970; 0 where there is nothing. */
function lastChange(path: string): number {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found === undefined) return 0
  if (!found.isDirectory()) return found.mtimeMs
  // The folder's own time counts too: that is how a deleted file shows.
  return readdirSync(path).reduce(
    (latest, name) => Math.max(latest, lastChange(join(path, name))),
    found.mtimeMs,
  )
}

/** True where the output is missing or older than any of its sources. Paths are relative to the project. */
export function isStale(output: string, sources: readonly string[]): boolean {
  const built = lastChange(inProject(output))
  return built === 0 || sources.some((source) => lastChange(inProject(source)) > built)
}
