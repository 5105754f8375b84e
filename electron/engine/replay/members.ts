const quote = 0x22
const backslash = 0x5c
const openBrace = 0x7b
const closeBrace = 0x7d
const openBracket = 0x5b
const closeBracket = 0x5d
const comma = 0x2c

/**
 * The members of a JSON object by key, each value as it stands in the text. A replay touches few members of a call;
 * the others go on letter for letter: numbers beyond 2^53, the order of keys and all.
 */
export type Members = Map<string, string>

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

function keyOf(text: string): string {
  return text.includes('\\') ? String(JSON.parse(text)) : text.slice(1, -1)
}

/** Reads the text of a JSON object that `JSON.parse` has accepted. Of a doubled key the last one counts, as there. */
export function membersOf(text: string): Members {
  const members: Members = new Map()
  let depth = 0
  let key: string | null = null
  let valueStart = -1
  let index = 0
  const endMember = (end: number): void => {
    if (key === null) return
    members.set(key, text.slice(valueStart, end).trim())
    key = null
  }
  while (index < text.length) {
    const code = text.charCodeAt(index)
    if (code === quote) {
      const end = stringEnd(text, index)
      if (depth === 1 && key === null) {
        key = keyOf(text.slice(index, end))
        valueStart = text.indexOf(':', end) + 1
        index = valueStart
      } else {
        index = end
      }
      continue
    }
    if (code === openBrace || code === openBracket) depth += 1
    else if (code === comma) {
      if (depth === 1) endMember(index)
    } else if (code === closeBrace || code === closeBracket) {
      depth -= 1
      if (depth === 0) endMember(index)
    }
    index += 1
  }
  return members
}

/** The members of a value that is an object; none for anything else (PHP sends `[]` for an empty object). */
export function membersOfObject(text: string | undefined): Members {
  return text?.startsWith('{') === true ? membersOf(text) : new Map()
}

export function textOf(members: Members): string {
  const parts: string[] = []
  for (const [key, value] of members) parts.push(`${JSON.stringify(key)}:${value}`)
  return `{${parts.join(',')}}`
}

const losesDigits = /\d[\d.]{15}|\d[eE][+-]?\d/

/**
 * Parses so that `JSON.stringify` writes every number as it stood: 12345678901234567890 does not become
 * 12345678901234567000. A text without such numbers takes the quick way.
 */
export function parseExactly(text: string): unknown {
  if (!losesDigits.test(text)) return JSON.parse(text)
  // The third argument is ECMAScript 2026, which the runtime knows and the compiler does not yet.
  return JSON.parse(text, (_key: string, value: unknown, context?: { source?: string }) =>
    typeof value === 'number' && context?.source !== undefined ? rawJson(context.source) : value,
  )
}

function rawJson(source: string): unknown {
  const make: unknown = Reflect.get(JSON, 'rawJSON')
  return typeof make === 'function' ? Reflect.apply(make, JSON, [source]) : Number(source)
}
