import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { english } from '../../../electron/engine/analysis/english.ts'
import type { Problem } from '../../../shared/event.ts'
import { createLinter } from '../../../shared/lint/index.ts'

/** `rename` is absent where several are right, null where nobody could know, a list where each would do. */
const badNames = z.array(
  z.object({
    name: z.string(),
    rule: z.string(),
    rename: z.union([z.string(), z.array(z.string()), z.null()]).optional(),
  }),
)
/** The names that are kept aside say where they come from; the tuned ones came from everywhere. */
const kept = z.array(z.object({ source: z.string(), names: z.array(z.unknown()) }))

function fixture(file: string): unknown {
  const content: unknown = JSON.parse(
    readFileSync(new URL(`../../fixtures/names/${file}`, import.meta.url), 'utf8'),
  )
  return file.includes('holdout') ? kept.parse(content).flatMap(({ names }) => names) : content
}

const linter = createLinter(english)

function mainFinding(name: string): Problem | null {
  return linter.lintName(name, null).find(({ rule }) => rule !== 'naming/too-long') ?? null
}

function share(part: number, whole: number): number {
  return Math.round((part / whole) * 1_000) / 10
}

function measured(set: string) {
  const good = z.array(z.string()).parse(fixture(`good${set}.json`))
  const bad = badNames.parse(fixture(`bad${set}.json`))
  const falseAlarms = good.filter((name) => mainFinding(name) !== null)
  const findings = bad.map((expected) => ({ ...expected, found: mainFinding(expected.name) }))
  const renames = findings.filter(({ rename }) => rename !== null && rename !== undefined)
  const wrongRenames = renames.filter(
    ({ rename, found }) => ![rename].flat().includes(found?.suggestion ?? ''),
  )
  const guesses = findings.filter(({ rename, found }) => rename === null && found?.suggestion != null)
  const byRule = [...new Set(bad.map(({ rule }) => rule))].map((rule) => {
    const expected = findings.filter((finding) => finding.rule === rule)
    const reported = findings.filter(({ found }) => found?.rule === rule)
    const alarms = good.filter((name) => mainFinding(name)?.rule === rule).length
    const hits = expected.filter(({ found }) => found?.rule === rule).length
    return { rule, recall: share(hits, expected.length), precision: share(hits, reported.length + alarms) }
  })
  return {
    falseAlarms,
    missed: findings.filter(({ found }) => found === null).map(({ name }) => name),
    wrongRenames: wrongRenames.map(({ name, found }) => `${name} → ${found?.suggestion ?? 'nothing'}`),
    guesses: guesses.map(({ name, found }) => `${name} → ${found?.suggestion ?? ''}`),
    byRule,
    clean: share(good.length - falseAlarms.length, good.length),
    found: share(findings.filter(({ found }) => found !== null).length, bad.length),
    renamed: share(renames.length - wrongRenames.length, renames.length),
  }
}

describe.each([
  ['names that the rules were tuned with', ''],
  ['names that were kept aside', '-holdout'],
])('%s', (title, set) => {
  const result = measured(set)

  it('are judged well enough', () => {
    const { clean, found, renamed, byRule, falseAlarms, missed, wrongRenames, guesses } = result
    console.info(
      `${title}: ${clean} % of good names clean, ${found} % of bad found, ${renamed} % renamed right`,
    )
    console.table(byRule)
    console.info({ falseAlarms, missed, wrongRenames, guesses })
    expect(clean).toBeGreaterThanOrEqual(99)
    expect(found).toBeGreaterThanOrEqual(97)
    expect(renamed).toBeGreaterThanOrEqual(90)
  })
})

it('every suggestion is a name without problems', () => {
  const names = ['', '-holdout'].flatMap((set) => badNames.parse(fixture(`bad${set}.json`)))
  const flawed = names
    .map(({ name }) => mainFinding(name)?.suggestion ?? null)
    .filter((suggestion) => suggestion !== null && mainFinding(suggestion) !== null)
  expect(flawed).toEqual([])
})
