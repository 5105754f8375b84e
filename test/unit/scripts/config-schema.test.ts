import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { configSchema, configSchemaFile } from '../../../scripts/config-schema.ts'

it('the schema that editors check a trackside.json by is that of the engine', async () => {
  expect(readFileSync(configSchemaFile, 'utf8')).toBe(await configSchema())
})
