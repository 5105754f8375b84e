import { Mistake } from './mistake.ts'

/** One value of a comma list, with quotes and escapes resolved. */
export interface Value {
  readonly from: number
  readonly to: number
  /** As written. */
  readonly raw: string
  /** All of its text. */
  readonly text: string
  /** The texts between the stars that stood outside quotes; one when there was none. */
  readonly parts: readonly string[]
  /** Whether any of it stood in quotes. */
  readonly quoted: boolean
}

/**
 * The values of a list as written after a key; `from` is where the text begins in the query. Commas and stars inside
 * quotes are text. Raises a Mistake when a value is empty, unless it stands in quotes.
 */
export function readValues(text: string, from: number): Value[] {
  const values: Value[] = []
  let start = 0
  let parts = ['']
  let quoted = false
  const add = (piece: string): void => {
    parts.push((parts.pop() ?? '') + piece)
  }
  const end = (at: number): void => {
    if (at === start) throw emptyValue(from + start)
    values.push({
      from: from + start,
      to: from + at,
      raw: text.slice(start, at),
      text: parts.join('*'),
      parts,
      quoted,
    })
    start = at + 1
    parts = ['']
    quoted = false
  }
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at)
    if (character === '"') {
      const close = closingQuote(text, at)
      add(unescape(text.slice(at + 1, close)))
      quoted = true
      at = close
    } else if (character === ',') end(at)
    else if (character === '*') parts.push('')
    else add(character)
  }
  end(text.length)
  return values
}

function emptyValue(at: number): Mistake {
  return new Mistake('A value of the list is missing; "" in quotes stands for an empty one.', at, at, [
    'a value',
  ])
}

/** Where the quote that opens at `open` closes; the length of the text when it does not. */
export function closingQuote(text: string, open: number): number {
  for (let at = open + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1
    else if (text[at] === '"') return at
  }
  return text.length
}

/** Only \" and \\ are escapes: any other backslash is a backslash, as in a Windows path. */
export function unescape(inside: string): string {
  return inside.replace(/\\(["\\])/g, '$1')
}

export function inQuotes(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`
}

/** Letters and what ids, addresses and paths are made of: nothing that the language reads as its own. */
const bare = /^[\p{L}\p{N}_$#@/.+&%!?~'=;:-]+$/u

/** A value as it has to be written after a key so that it means just this text. */
export function quoteValue(text: string): string {
  return bare.test(text) && !text.includes('..') ? text : inQuotes(text)
}

/** A number as JSON writes it; null for any other text, and for what no number can hold. */
export function parseNumber(text: string): number | null {
  if (!/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(text)) return null
  const value = Number(text)
  // -0 equals 0, but prints and compares as its own.
  return Number.isFinite(value) ? value + 0 : null
}
