import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { rulePage, rulePageFile } from '../../../scripts/rule-page.ts'
import { rules } from '../../../shared/lint/rules.ts'

it('the documentation describes every rule as it is', async () => {
  const page = readFileSync(rulePageFile, 'utf8')
  expect(page).toBe(await rulePage())
  expect([...page.matchAll(/^### `(.+)`$/gm)].map(([, id]) => id).sort()).toEqual(
    rules.map(({ id }) => id).sort(),
  )
})
