import { writeFileSync } from 'node:fs'
import { format, resolveConfig } from 'prettier'
import { z } from 'zod'
import { configFileSchema } from '../shared/contract/lint.ts'
import { inProject } from './project.ts'

export const configSchemaFile = inProject('docs/trackside.schema.json')

/** What editors check and complete a trackside.json by. */
export async function configSchema(): Promise<string> {
  const schema = z.toJSONSchema(configFileSchema, { target: 'draft-7' })
  const text = JSON.stringify({ title: 'trackside.json', ...schema })
  return format(text, { ...(await resolveConfig(configSchemaFile)), parser: 'json' })
}

if (import.meta.main) writeFileSync(configSchemaFile, await configSchema())
