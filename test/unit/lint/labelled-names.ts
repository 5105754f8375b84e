import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Problem } from '../../../shared/event.ts'
import type { Linter } from '../../../shared/lint/index.ts'

/** The names that the rules were tuned with, and those that nobody has tuned with. */
export type NameSet = '' | '-holdout'

/** `rename` is absent where several are right, null where nobody could know, a list where each would do. */
const badName = z.object({
  name: z.string(),
  rule: z.string(),
  rename: z.union([z.string(), z.array(z.string()), z.null()]).optional(),
})
export type BadName = z.infer<typeof badName>

/** The names that are kept aside say where they come from; the tuned ones came from everywhere. */
const kept = z.array(z.object({ source: z.string(), names: z.array(z.unknown()) }))

function names(file: string, set: NameSet): unknown {
  const url = new URL(`../../fixtures/names/${file}${set}.json`, import.meta.url)
  const content: unknown = JSON.parse(readFileSync(url, 'utf8'))
  return set === '' ? content : kept.parse(content).flatMap((group) => group.names)
}

export function goodNames(set: NameSet): string[] {
  return z.array(z.string()).parse(names('good', set))
}

export function badNames(set: NameSet): BadName[] {
  return z.array(badName).parse(names('bad', set))
}

/** What is wrong with the name above all; that it is long may stand beside it. */
export function mainFinding(linter: Linter, name: string): Problem | null {
  return linter.lintName(name, null).find(({ rule }) => rule !== 'naming/too-long') ?? null
}

/** In percent, with one decimal. */
export function share(part: number, whole: number): number {
  return Math.round((part / whole) * 1_000) / 10
}
