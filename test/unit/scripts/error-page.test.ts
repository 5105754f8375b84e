import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { errorPage, errorPageFile } from '../../../scripts/error-page.ts'

it('the documentation lists every error as it is', async () => {
  expect(readFileSync(errorPageFile, 'utf8')).toBe(await errorPage())
})
