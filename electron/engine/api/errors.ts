import { ORPCError } from '@orpc/server'
import { ValidationError } from '@orpc/contract'
import { TracksideError, errorCatalogue, errorMessage } from '../../../shared/contract/errors.ts'

function issueText(issue: ValidationError['issues'][number] | undefined): string {
  if (issue === undefined) return 'unknown'
  const path = (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.')
  return path === '' ? issue.message : `${path}: ${issue.message}`
}

/** A request that could not be taken apart: a body that is no JSON, an address with broken escapes. */
export function asUnreadable(error: unknown): ORPCError<string, unknown> {
  const reason = error instanceof Error ? error.message : String(error)
  const data = { detail: `the request can’t be read as JSON (${reason})` }
  return new ORPCError('INPUT_INVALID', { status: 400, message: errorMessage('INPUT_INVALID', data), data })
}

/** Every error leaves the app as one of the catalogue: code, a sentence with the next step, data. */
export function asApiError(error: unknown): ORPCError<string, unknown> {
  if (error instanceof TracksideError) {
    const { code, status, message, data } = error
    return new ORPCError(code, { status, message, data, cause: error })
  }
  if (error instanceof ORPCError) {
    if (error.code in errorCatalogue) return error
    if (error.cause instanceof ValidationError && error.status === 400) {
      const data = { detail: error.cause.issues.slice(0, 3).map(issueText).join('; ') }
      return new ORPCError('INPUT_INVALID', {
        status: 400,
        message: errorMessage('INPUT_INVALID', data),
        data,
      })
    }
  }
  // Whoever has asked is gone, and the answer reaches nobody.
  if (error instanceof Error && error.name === 'AbortError')
    return new ORPCError('CLIENT_CLOSED_REQUEST', { status: 499 })
  const data = { detail: error instanceof Error ? error.message : String(error) }
  console.error(error)
  return new ORPCError('INTERNAL', { status: 500, message: errorMessage('INTERNAL', data), data })
}
