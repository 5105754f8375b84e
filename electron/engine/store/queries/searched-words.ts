/** A condition of SQL with the named parameters that it needs. */
interface Condition {
  where: string
  params: Record<string, string>
}

/**
 * What the search fields of the page understand: every word has to occur, in whichever of the `columns` (or in what
 * `elsewhere` makes of a pattern); `plan:pro` also finds a trait by its key and a part of its value. `traits` holds
 * JSON text.
 */
export function searchCondition(
  search: string,
  columns: readonly string[],
  elsewhere: (pattern: string) => string = () => '0',
): Condition {
  const words = search.split(/\s+/).filter((word) => word !== '')
  const params: Record<string, string> = {}
  const bind = (name: string, value: string): string => {
    params[name] = value
    return `:${name}`
  }
  const conditions = words.map((word, index) => {
    const pattern = bind(`like${index}`, likeContains(word))
    const inText = bind(`json${index}`, likeContains(JSON.stringify(word).slice(1, -1)))
    const [, key, value] = /^([^:]+):(.+)$/s.exec(word) ?? []
    const trait =
      key === undefined || value === undefined
        ? '0'
        : `EXISTS (SELECT 1 FROM json_each(traits) WHERE key = ${bind(`key${index}`, key)} COLLATE NOCASE
             AND value LIKE ${bind(`value${index}`, likeContains(value))} ESCAPE '\\')`
    const anywhere = columns.map((column) => `${column} LIKE ${pattern} ESCAPE '\\'`)
    return `(${[...anywhere, `traits LIKE ${inText} ESCAPE '\\'`, elsewhere(pattern), trait].join(' OR ')})`
  })
  return { where: conditions.length === 0 ? '1' : conditions.join(' AND '), params }
}

/** Escapes what LIKE would read as a wildcard. */
export function likeContains(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`
}
