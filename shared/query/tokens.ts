/**
 * The words of a text as SQLite's `unicode61` tokenizer sees them: letters, digits and private-use characters, with the
 * accents that are combined with them. https://www.sqlite.org/fts5.html#unicode61_tokenizer
 */
const word = /[\p{L}\p{N}\p{Co}][\p{L}\p{N}\p{Co}\u0300-\u0331]*/gu

/** In lower case, in order. */
export function tokensOf(text: string): string[] {
  return wordsOf(text.toLowerCase())
}

/** As they are written, in order: for SQLite, which folds the case of İ and Σ in its own way. */
export function wordsOf(text: string): string[] {
  return text.match(word) ?? []
}
