const quote = 0x22
const backslash = 0x5c
const openBrace = 0x7b
const closeBrace = 0x7d
const openBracket = 0x5b
const closeBracket = 0x5d
const comma = 0x2c
const colon = 0x3a

/** What a look at a JSON text tells beyond its value. Offsets are UTF-16 indices, ends exclusive. */
export interface JsonOutline {
  /** How deep objects and arrays stand in each other; 0 for a scalar. */
  depth: number
  /**
   * Where the elements of the top-level array `batch` stand in the text: start and end by turns. null where there is no
   * such array.
   */
  batch: number[] | null
}

/** `"batch"` with all its letters escaped. */
const longestKey = '"\\u0062\\u0061\\u0074\\u0063\\u0068"'.length

/** The index behind the string that begins at `start`. */
function stringEnd(text: string, start: number): number {
  let end = start
  for (;;) {
    end = text.indexOf('"', end + 1)
    if (end === -1) return text.length
    let escapes = 0
    while (text.charCodeAt(end - 1 - escapes) === backslash) escapes += 1
    if (escapes % 2 === 0) return end + 1
  }
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09
}

/** The index of the first character from there on that is no white space. */
function solidFrom(text: string, from: number): number {
  let index = from
  while (isSpace(text.charCodeAt(index))) index += 1
  return index
}

/** The index behind the last one before `to` that is none. */
function solidUpTo(text: string, to: number): number {
  let index = to
  while (isSpace(text.charCodeAt(index - 1))) index -= 1
  return index
}

function isBatchKey(text: string, start: number, end: number): boolean {
  if (end - start > longestKey) return false
  const key = text.slice(start, end)
  return (
    key === '"batch"' ||
    (key.includes('\\') && /^"(?:\\u[0-9a-f]{4}|[a-z])*"$/i.test(key) && JSON.parse(key) === 'batch')
  )
}

/**
 * Outlines a text that `JSON.parse` accepts; of any other it gives back something or other. A payload is kept as it was
 * sent (long numbers, the order and doubling of keys), so each call of a batch is cut out of the text instead of being
 * written anew.
 */
export function outline(text: string): JsonOutline {
  let depth = 0
  let deepest = 0
  let batch: number[] | null = null
  /** The array whose elements are looked for stands open. */
  let isInBatch = false
  let index = 0
  while (index < text.length) {
    const code = text.charCodeAt(index)
    if (code === quote) {
      const end = stringEnd(text, index)
      if (depth === 1 && isBatchKey(text, index, end)) {
        const colonAt = solidFrom(text, end)
        if (text.charCodeAt(colonAt) === colon) {
          // The last one wins, as in JSON.parse.
          isInBatch = text.charCodeAt(solidFrom(text, colonAt + 1)) === openBracket
          batch = isInBatch ? [] : null
        }
      }
      index = end
      continue
    }
    if (code === openBrace || code === openBracket) {
      depth += 1
      if (depth > deepest) deepest = depth
      if (isInBatch && depth === 2) {
        const first = solidFrom(text, index + 1)
        if (text.charCodeAt(first) !== closeBracket) batch?.push(first)
      }
    } else if (code === closeBrace || code === closeBracket) {
      if (isInBatch && depth === 2) {
        if (batch !== null && batch.length % 2 === 1) batch.push(solidUpTo(text, index))
        isInBatch = false
      }
      depth -= 1
    } else if (code === comma && isInBatch && depth === 2) {
      batch?.push(solidUpTo(text, index), solidFrom(text, index + 1))
    }
    index += 1
  }
  return { depth: deepest, batch }
}

/** Whether objects and arrays stand deeper in each other than `limit`, in a text that `JSON.parse` accepts. */
export function isDeeperThan(limit: number, text: string): boolean {
  // Few texts have so many brackets, and to count them takes a tenth of the time.
  let opened = 0
  for (const bracket of ['{', '[']) {
    for (let at = text.indexOf(bracket); at !== -1; at = text.indexOf(bracket, at + 1)) {
      opened += 1
      if (opened > limit) return outline(text).depth > limit
    }
  }
  return false
}
