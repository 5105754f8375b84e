import { idQuery } from '../../lib/id-query.ts'

/** As `idQuery`; null for none, and where more than `most` parts would make an address that no browser takes. */
export function shortIdQuery(ids: readonly number[], most = 200): string | null {
  const query = idQuery(ids)
  return query === '' || query.split(',').length > most ? null : query
}
