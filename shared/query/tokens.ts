/** Letters, digits and private-use characters, with the accents that are combined with them. */
const word = /[\p{L}\p{N}\p{Co}][\p{L}\p{N}\p{Co}\u0300-\u0331]*/gu

/** The words of a text, in lower case and in order: what is looked for, and what it is looked for in. */
export function tokensOf(text: string): string[] {
  return text.toLowerCase().match(word) ?? []
}
