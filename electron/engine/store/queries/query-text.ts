import { TracksideError } from '../../../../shared/contract/errors.ts'
import type { Query } from '../../../../shared/query/ast.ts'
import { parseQuery } from '../../../../shared/query/parse.ts'

/** What a query says. Raises QUERY_SYNTAX with the place of the mistake in `query`, and what could stand there. */
export function readQuery(text: string): Query {
  const parsed = parseQuery(text)
  if (parsed.ok) return parsed.query
  const { message, from, to, expected } = parsed.error
  throw new TracksideError('QUERY_SYNTAX', { detail: message, query: text, from, to, expected })
}
