import { TracksideError } from '../../shared/contract/errors.ts'

/** Says what went wrong and what to do next, on stderr; scripts look at the code and at exit status 1 or 2. */
export function reportError(error: unknown): never {
  if (error instanceof TracksideError) {
    process.stderr.write(`${error.code}: ${error.message}\n`)
    process.exit(error.code === 'USAGE' ? 2 : 1)
  }
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
    process.stderr.write(`${error.code}: ${error.message}\n`)
    process.exit(1)
  }
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  process.exit(1)
}
