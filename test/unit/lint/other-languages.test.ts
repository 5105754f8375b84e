import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { english } from '../../../electron/engine/analysis/english.ts'
import { createLinter } from '../../../shared/lint/index.ts'

const languages = z
  .array(z.object({ language: z.string(), names: z.array(z.string()) }))
  .parse(
    JSON.parse(readFileSync(new URL('../../fixtures/names/other-languages.json', import.meta.url), 'utf8')),
  )

const linter = createLinter(english)

function findings(names: readonly string[]): string[] {
  return names.flatMap((name) =>
    linter
      .lintName(name, null)
      .map(({ rule, suggestion }) => `${name}: ${rule} → ${suggestion ?? 'nothing'}`),
  )
}

describe.each(languages)('a name in $language', ({ names }) => {
  it('has nothing wrong with it: only English has Title Case and our past tense', () => {
    expect(findings(names)).toEqual([])
  })

  it('in small letters joined by underscores is a matter of its style alone', () => {
    const joined = names.map((name) => name.toLowerCase().replaceAll(/[\s-]+/g, '_'))
    for (const name of joined.filter(
      (candidate) => candidate !== candidate.toUpperCase() && candidate.includes('_'),
    )) {
      const [finding, ...more] = linter.lintName(name, null)
      expect(more).toEqual([])
      expect(finding).toMatchObject({
        rule: 'naming/casing',
        message: `“${name}” is in snake_case, not Title Case`,
      })
      expect(finding?.suggestion?.toLowerCase()).toBe(name.replaceAll('_', ' '))
    }
  })
})

it('an English name with a foreign word in it is English', () => {
  expect(findings(['Café Visited', 'Crème Brûlée Ordered', 'Bestellung Page Viewed'])).toEqual([])
  expect(linter.lintName('Send Konmari Report', null)).toMatchObject([{ suggestion: 'Konmari Report Sent' }])
})
