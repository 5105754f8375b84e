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
  /** The elements of the top-level array `batch`, as they stand in the text; null where there is none. */
  batch: { start: number; end: number }[] | null
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

/**
 * Outlines a text that `JSON.parse` has accepted. A payload is kept as it was sent (long numbers, the order and
 * doubling of keys), so each call of a batch is cut out of the text instead of being written anew.
 */
export function outline(text: string): JsonOutline {
  let depth = 0
  let deepest = 0
  let batch: JsonOutline['batch'] = null
  let isBatchNext = false
  let collectsBatch = false
  let elementStart = -1
  let lastSolid = 0
  let index = 0
  while (index < text.length) {
    const code = text.charCodeAt(index)
    if (isSpace(code)) {
      index += 1
      continue
    }
    if (collectsBatch && depth === 2 && elementStart === -1 && code !== comma && code !== closeBracket) {
      elementStart = index
    }
    if (code === quote) {
      const end = stringEnd(text, index)
      if (depth === 1)
        isBatchNext = end - index <= longestKey && JSON.parse(text.slice(index, end)) === 'batch'
      index = end
      lastSolid = end
      continue
    }
    if (code === openBrace || code === openBracket) {
      depth += 1
      if (depth > deepest) deepest = depth
      if (depth === 2 && isBatchNext) {
        collectsBatch = code === openBracket
        batch = collectsBatch ? [] : null
      }
      isBatchNext = false
    } else if (code === closeBrace || code === closeBracket || code === comma) {
      if (collectsBatch && depth === 2 && elementStart !== -1 && code !== closeBrace) {
        batch?.push({ start: elementStart, end: lastSolid })
        elementStart = -1
      }
      if (code !== comma) {
        if (depth === 2) collectsBatch = false
        depth -= 1
      }
      if (depth === 1) isBatchNext = false
    } else if (code !== colon && depth === 1) {
      // A scalar for `batch`: the last one wins, as in JSON.parse.
      if (isBatchNext) batch = null
      isBatchNext = false
    }
    index += 1
    lastSolid = index
  }
  return { depth: deepest, batch }
}
