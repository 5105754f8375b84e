/** `id:3,7..9`: neighbours in one, so that many fit into a query. */
export function idQuery(ids: Iterable<number>): string {
  const sorted = [...ids].sort((left, right) => left - right)
  const runs: [first: number, last: number][] = []
  for (const id of sorted) {
    const run = runs.at(-1)
    if (run !== undefined && id === run[1] + 1) run[1] = id
    else runs.push([id, id])
  }
  const written = runs.map(([first, last]) => {
    if (first === last) return String(first)
    return last === first + 1 ? `${first},${last}` : `${first}..${last}`
  })
  return written.length === 0 ? '' : `id:${written.join(',')}`
}
