import { isStale } from './freshness.ts'
import { runTool } from './run.ts'

const grammar = 'shared/query/query.grammar'
const parser = 'shared/query/query-parser.generated.ts'

export const parserIsStale = (): boolean => isStale(parser, [grammar])

/** Writes the parser of the query language from its grammar; gives back the exit code. */
export const generate = (): Promise<number> =>
  runTool('@lezer/generator/src/lezer-generator.cjs', ['--typeScript', grammar, '-o', parser])

if (import.meta.main) process.exitCode = await generate()
