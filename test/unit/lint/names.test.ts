import { describe, expect, it } from 'vitest'
import { english } from '../../../electron/engine/analysis/english.ts'
import { createLinter } from '../../../shared/lint/index.ts'
import spec from '../../fixtures/names/segment-spec.json' with { type: 'json' }
import { badNames, goodNames, mainFinding, share } from './labelled-names.ts'
import type { NameSet } from './labelled-names.ts'

const linter = createLinter(english)

function measured(set: NameSet) {
  const good = goodNames(set)
  const bad = badNames(set)
  const falseAlarms = good.filter((name) => mainFinding(linter, name) !== null)
  const findings = bad.map((expected) => ({ ...expected, found: mainFinding(linter, expected.name) }))
  const renames = findings.filter(({ rename }) => rename !== null && rename !== undefined)
  const isWrong = ({ rename, found }: (typeof findings)[number]): boolean =>
    ![rename].flat().includes(found?.suggestion ?? '')
  const ofVerbs = renames.filter(({ rule, found }) => rule === 'naming/object-action' && found !== null)
  const guesses = findings.filter(({ rename, found }) => rename === null && found?.suggestion != null)
  const byRule = [...new Set(bad.map(({ rule }) => rule))].map((rule) => {
    const expected = findings.filter((finding) => finding.rule === rule)
    const found = expected.filter((finding) => finding.found !== null)
    const named = expected.filter((finding) => finding.found?.rule === rule)
    const alarms = good.filter((name) => mainFinding(linter, name)?.rule === rule)
    return {
      rule,
      names: expected.length,
      'found, %': share(found.length, expected.length),
      'by this rule, %': share(named.length, expected.length),
      'false alarms': alarms.length,
    }
  })
  return {
    byRule,
    clean: share(good.length - falseAlarms.length, good.length),
    found: share(findings.filter(({ found }) => found !== null).length, bad.length),
    renamed: share(ofVerbs.length - ofVerbs.filter(isWrong).length, ofVerbs.length),
    failures: {
      falseAlarms,
      missed: findings.filter(({ found }) => found === null).map(({ name }) => name),
      wrongRenames: renames
        .filter(isWrong)
        .map(({ name, found }) => `${name} → ${found?.suggestion ?? 'nothing'}`),
      guesses: guesses.map(({ name, found }) => `${name} → ${found?.suggestion ?? ''}`),
    },
  }
}

describe.each<[string, NameSet]>([
  ['names that the rules were tuned with', ''],
  ['names that were kept aside', '-holdout'],
])('%s', (title, set) => {
  it('are judged well enough', () => {
    const { clean, found, renamed, byRule, failures } = measured(set)
    console.info(
      `${title}: ${clean} % of good names clean, ${found} % of bad ones found, ${renamed} % of those with a verb renamed right`,
    )
    console.table(byRule)
    // Who reads which of the others fail has tuned with them.
    if (set === '') console.info(failures)
    expect(clean).toBeGreaterThanOrEqual(99)
    expect(found).toBeGreaterThanOrEqual(97)
    expect(renamed).toBeGreaterThanOrEqual(90)
  })
})

it('the names of the Segment spec have nothing wrong with them', () => {
  expect(spec.length).toBe(87)
  expect(spec.flatMap((name) => linter.lintName(name, null).map(({ message }) => message))).toEqual([])
})

it('every suggestion is a name without problems', () => {
  const suggestions = (['', '-holdout'] as const)
    .flatMap((set) => badNames(set))
    .flatMap(({ name }) => mainFinding(linter, name)?.suggestion ?? [])
  const flawed = suggestions.filter((suggestion) => mainFinding(linter, suggestion) !== null)
  expect(flawed.length).toBe(0)
})
