import type { Plan } from '../plan.ts'
import { planAsCsv } from './csv.ts'
import type { ExportFormat } from './formats.ts'
import { planAsJsonSchema } from './json-schema.ts'
import { planAsMarkdown } from './markdown.ts'
import { planAsTypeScript } from './typescript.ts'

interface Export {
  extension: string
  mediaType: string
  write(plan: Plan): string
}

const exports: Readonly<Record<ExportFormat, Export>> = {
  'json-schema': { extension: 'json', mediaType: 'application/schema+json', write: planAsJsonSchema },
  csv: { extension: 'csv', mediaType: 'text/csv', write: planAsCsv },
  markdown: { extension: 'md', mediaType: 'text/markdown', write: planAsMarkdown },
  typescript: { extension: 'd.ts', mediaType: 'text/plain', write: planAsTypeScript },
}

export interface ExportedPlan {
  fileName: string
  mediaType: string
  content: string
}

/** The plan as a file. */
export function exportPlan(plan: Plan, format: ExportFormat): ExportedPlan {
  const { extension, mediaType, write } = exports[format]
  const base = plan.name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z\d]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60)
  return { fileName: `${base === '' ? 'tracking-plan' : base}.${extension}`, mediaType, content: write(plan) }
}
