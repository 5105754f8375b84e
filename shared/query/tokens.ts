/** Letters, digits and private-use characters, with the accents that are combined with them. */
const word = /[\p{L}\p{N}\p{Co}][\p{L}\p{N}\p{Co}\u0300-\u0331]*/gu
/** What is between two words, or before the first one. */
const gap = /(?:^|[^\p{L}\p{N}\p{Co}\u0300-\u0331])[^\p{L}\p{N}\p{Co}]*/gu

/** The words of a text, in lower case and in order: what is looked for, and what it is looked for in. */
export function tokensOf(text: string): string[] {
  return text.toLowerCase().match(word) ?? []
}

/** The same as one text, each behind a space and `mark`. Takes half of the time. */
export function markedTokens(text: string, mark: string): string {
  const start = ` ${mark}`
  const marked = text.toLowerCase().replace(gap, start)
  return marked.endsWith(start) ? marked.slice(0, -start.length) : marked
}
