import { TracksideError } from '../../contract/errors.ts'
import type { TextPlace } from '../../json-places.ts'
import { checkPlan } from '../check.ts'
import type { Plan } from '../plan.ts'
import { PlanFault } from '../plan-fault.ts'
import type { DocumentPath } from '../plan-fault.ts'
import { isCsvPlan, readCsvPlan } from './csv.ts'
import { BrokenText, placeOf, readJson, readYaml } from './document.ts'
import type { ImportFormat } from './formats.ts'
import { isBundle, readBundle, readPlainSchema } from './json-schema.ts'
import { isRudderStackProject, readRudderStackProject } from './rudderstack.ts'
import { isSegmentPlan, readSegmentPlan } from './segment.ts'

export interface ReadPlan {
  plan: Plan
  /** What was left out, in sentences. */
  notes: string[]
}

export interface ImportedPlan extends ReadPlan {
  format: ImportFormat
}

type Language = 'json' | 'yaml' | 'csv'

/**
 * Reads a plan, whatever format it is in, or the one that is named. Raises PLAN_UNREADABLE with line and column of what
 * is wrong; of a table, the column is the number of the cell. Nothing is ever half read.
 */
export function readPlan(text: string, file: string, format: ImportFormat | 'auto' = 'auto'): ImportedPlan {
  const language = languageOf(text, file, format)
  try {
    const read = language === 'csv' ? readTable(text) : readDocuments(text, language, format)
    return { ...read, plan: checkPlan(read.plan) }
  } catch (error) {
    if (error instanceof PlanFault) {
      const { line, column } = placeInPlan(text, file, format, error.path)
      throw new TracksideError(
        'PLAN_UNREADABLE',
        { file, line, column, detail: error.message },
        { cause: error },
      )
    }
    if (error instanceof BrokenText)
      throw new TracksideError(
        'PLAN_UNREADABLE',
        { file, ...error.place, detail: error.message },
        { cause: error },
      )
    throw error
  }
}

/** Where the value of a path stands in a text that is read like this; of a table, the row that its event begins with. */
export function placeInPlan(
  text: string,
  file: string,
  format: ImportFormat | 'auto',
  path: DocumentPath,
): TextPlace {
  const language = languageOf(text, file, format)
  if (language !== 'csv') return placeOf(text, path, language)
  const [line] = path
  return { line: typeof line === 'number' ? line : 1, column: 1 }
}

function readTable(text: string): ImportedPlan {
  return { ...readCsvPlan(text), format: 'csv' }
}

function readDocuments(text: string, language: 'json' | 'yaml', format: ImportFormat | 'auto'): ImportedPlan {
  const [documents, whole] =
    language === 'json' ? [[], readJson(text.replace(/^\uFEFF/, ' '))] : [readYaml(text), undefined]
  const formats: { format: ImportFormat; fits: () => boolean; read: () => ReadPlan }[] = [
    {
      format: 'rudderstack',
      fits: () => language === 'yaml' && isRudderStackProject(documents),
      read: () => readRudderStackProject(language === 'yaml' ? documents : [whole]),
    },
    { format: 'trackside', fits: () => isBundle(whole), read: () => readBundle(whole) },
    { format: 'segment', fits: () => isSegmentPlan(whole), read: () => readSegmentPlan(whole) },
    { format: 'json-schema', fits: () => language === 'json', read: () => readPlainSchema(whole) },
  ]
  const chosen = formats.find((one) => (format === 'auto' ? one.fits() : one.format === format))
  if (chosen === undefined)
    throw new PlanFault([0], 'expected a tracking plan of RudderStack: documents with version, kind and spec')
  return { ...chosen.read(), format: chosen.format }
}

function languageOf(text: string, file: string, format: ImportFormat | 'auto'): Language {
  switch (format) {
    case 'csv':
      return 'csv'
    case 'rudderstack':
      return 'yaml'
    case 'segment':
    case 'trackside':
    case 'json-schema':
      return 'json'
    case 'auto': {
      if (/\.(?:csv|tsv)$/i.test(file)) return 'csv'
      if (/\.ya?ml$/i.test(file)) return 'yaml'
      if (/\.json$/i.test(file) || /^\uFEFF?\s*[{[]/.test(text)) return 'json'
      return isCsvPlan(text) ? 'csv' : 'yaml'
    }
  }
}
