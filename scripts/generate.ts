import { dictionaryIsStale, generateDictionary } from './dictionary.ts'
import { isStale } from './freshness.ts'
import { runTool } from './run.ts'

const grammar = 'shared/query/query.grammar'
const parser = 'shared/query/query-parser.generated.ts'

export const generatedIsStale = (): boolean => isStale(parser, [grammar]) || dictionaryIsStale()

/** Writes the parser of the query language from its grammar, and the dictionary; gives back the exit code. */
export function generate(): Promise<number> {
  generateDictionary()
  return runTool('@lezer/generator/src/lezer-generator.cjs', ['--typeScript', grammar, '-o', parser])
}

if (import.meta.main) process.exitCode = await generate()
