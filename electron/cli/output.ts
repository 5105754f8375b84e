/** What a shell sees of a failure: 1 is for what did not hold, as `wait` and `replay` say it. */
export const failureStatus = 2

/** What an SDK or a person wrote must not drive the terminal: control characters are shown, not obeyed. */
export function printable(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
}

/** Says on stderr what went wrong and what to do next, and ends the process. */
export function reportError(error: unknown): never {
  fail(errorText(error))
}

/** Ends the process with these words on stderr. */
export function fail(text: string): never {
  process.stderr.write(`${text}\n`)
  process.exit(failureStatus)
}

/** What went wrong, and what to do next. */
export function errorText(error: unknown): string {
  if (!(error instanceof Error)) return printable(String(error))
  if (!('code' in error) || typeof error.code !== 'string') return error.stack ?? error.message
  const data: unknown = 'data' in error ? error.data : null
  return `${error.code}: ${printable(error.message)}${error.code === 'QUERY_SYNTAX' ? marked(data) : ''}`
}

/** The query with its mistake underlined. */
function marked(data: unknown): string {
  if (typeof data !== 'object' || data === null || !('query' in data) || typeof data.query !== 'string')
    return ''
  const { query } = data
  const place = (key: string): number => {
    const at: unknown = Reflect.get(data, key)
    return typeof at === 'number' ? at : query.length
  }
  const [before, mistake] = [query.slice(0, place('from')), query.slice(place('from'), place('to'))]
  const mark = '^'.repeat(Math.max(1, printable(mistake).length))
  return `\n  ${printable(query)}\n  ${' '.repeat(printable(before).length)}${mark}`
}

/** `trackside events | head` has seen enough: that is no failure. */
export function endWithReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0)
    throw error
  })
}
