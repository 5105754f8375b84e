import { writeFileSync } from 'node:fs'
import { format, resolveConfig } from 'prettier'
import { errorCatalogue } from '../shared/contract/errors.ts'
import { inProject } from './project.ts'

export const errorPageFile = inProject('docs/errors.md')

/** The error catalogue as a page of the documentation. */
export async function errorPage(): Promise<string> {
  const rows = Object.entries(errorCatalogue).map(
    ([code, { status, message, next }]) => `| \`${code}\` | ${status} | ${message} | ${next} |`,
  )
  const text = [
    '# What can go wrong, and what to do',
    '',
    'Every error has a code. The API answers it as `{"code", "message", "data"}` with this status, capture as',
    '`{"success": false, "code", "message", "error"}`; what stands in braces is filled in.',
    '',
    '| code | status | what happened | what to do |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n')
  return format(text, { ...(await resolveConfig(errorPageFile)), parser: 'markdown' })
}

if (import.meta.main) writeFileSync(errorPageFile, await errorPage())
