import { TracksideError } from '../../../../shared/contract/errors.ts'

/** A cursor holds the sort key of the last row of a page, so a page stays right while new rows come in. */
export function encodeCursor(key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url')
}

/** Raises CURSOR_INVALID for anything that `encodeCursor` did not make with as many parts of these kinds. */
export function decodeCursor(cursor: string, kinds: readonly ('string' | 'number')[]): (string | number)[] {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    if (
      Array.isArray(key) &&
      key.length === kinds.length &&
      key.every((part, i) => typeof part === kinds[i])
    ) {
      return key
    }
  } catch {
    // Falls through: not ours either way.
  }
  throw new TracksideError('CURSOR_INVALID')
}

/** Cuts the row that was read beyond the page, and tells where the next page begins. */
export function pageOf<Row>(
  rows: Row[],
  limit: number,
  keyOf: (row: Row) => (string | number)[],
): { rows: Row[]; nextCursor: string | null } {
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    rows: page,
    nextCursor: rows.length > limit && last !== undefined ? encodeCursor(keyOf(last)) : null,
  }
}
