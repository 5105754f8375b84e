/**
 * A query for just these events, ids in ascending order, neighbours as a range: `id:3..5,9`. Null when it would have
 * more than `most` parts, and so make an address that no browser takes.
 */
export function idQuery(ids: readonly number[], most = 200): string | null {
  const ranges: { first: number; last: number }[] = []
  for (const id of ids) {
    const range = ranges.at(-1)
    if (range !== undefined && id === range.last + 1) range.last = id
    else ranges.push({ first: id, last: id })
  }
  if (ranges.length === 0 || ranges.length > most) return null
  return `id:${ranges.map(({ first, last }) => (first === last ? first : `${first}..${last}`)).join(',')}`
}
