/** A value of a call; its scalars are the JSON text as it was written: 12345678901234567890 stays itself. */
type Value = Scalar | Value[] | { [key: string]: Value }

class Scalar {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

export type Change = 'same' | 'added' | 'removed'

export interface DiffLine {
  change: Change
  depth: number
  /** The key with its colon; empty in a list, and where something closes. */
  key: string
  text: string
}

/** A stretch of lines; an unchanged one that is long is folded. */
export interface DiffPart {
  isFolded: boolean
  lines: DiffLine[]
}

/** Unchanged lines that are shown on either side of a change. */
const surroundings = 2

/** Two JSON texts of one call, line by line: what both have, what is only before and what is only after. */
export function diffLines(before: string, after: string): DiffLine[] {
  const lines: DiffLine[] = []
  compare(lines, read(before), read(after), '', 0)
  return lines
}

/** The same lines, with what does not change folded away but for its edges. */
export function foldedParts(lines: readonly DiffLine[]): DiffPart[] {
  const isNear = lines.map((_, index) =>
    lines
      .slice(Math.max(0, index - surroundings), index + surroundings + 1)
      .some(({ change }) => change !== 'same'),
  )
  const parts: DiffPart[] = []
  for (const [index, line] of lines.entries()) {
    const isFolded = isNear[index] !== true
    const last = parts.at(-1)
    if (last?.isFolded === isFolded) last.lines.push(line)
    else parts.push({ isFolded, lines: [line] })
  }
  // A fold of one line takes as much room as the line.
  return parts.map((part) => (part.lines.length === 1 ? { ...part, isFolded: false } : part))
}

function read(text: string): Value {
  // The third argument is ECMAScript 2026; where a browser lacks it, a long number shows as that browser reads it.
  return JSON.parse(text, (_key, value: unknown, context?: { source?: string }) =>
    typeof value === 'object' && value !== null
      ? value
      : new Scalar(context?.source ?? JSON.stringify(value)),
  ) as Value
}

function compare(lines: DiffLine[], before: Value, after: Value, key: string, depth: number): void {
  if (isObject(before) && isObject(after)) {
    lines.push({ change: 'same', depth, key, text: '{' })
    const keys = new Set([...Object.keys(before), ...Object.keys(after)])
    for (const inner of keys) compareMember(lines, before, after, inner, depth + 1)
    lines.push({ change: 'same', depth, key: '', text: '}' })
  } else if (Array.isArray(before) && Array.isArray(after)) {
    lines.push({ change: 'same', depth, key, text: '[' })
    for (let index = 0; index < Math.max(before.length, after.length); index += 1) {
      compareOptional(lines, before[index], after[index], '', depth + 1)
    }
    lines.push({ change: 'same', depth, key: '', text: ']' })
  } else if (before instanceof Scalar && after instanceof Scalar && before.text === after.text) {
    lines.push({ change: 'same', depth, key, text: after.text })
  } else {
    print(lines, before, key, depth, 'removed')
    print(lines, after, key, depth, 'added')
  }
}

function compareMember(
  lines: DiffLine[],
  before: { [key: string]: Value },
  after: { [key: string]: Value },
  key: string,
  depth: number,
): void {
  const of = (object: { [key: string]: Value }): Value | undefined =>
    Object.hasOwn(object, key) ? object[key] : undefined
  compareOptional(lines, of(before), of(after), `${JSON.stringify(key)}: `, depth)
}

function compareOptional(
  lines: DiffLine[],
  before: Value | undefined,
  after: Value | undefined,
  key: string,
  depth: number,
): void {
  if (before !== undefined && after !== undefined) compare(lines, before, after, key, depth)
  else if (before !== undefined) print(lines, before, key, depth, 'removed')
  else if (after !== undefined) print(lines, after, key, depth, 'added')
}

function print(lines: DiffLine[], value: Value, key: string, depth: number, change: Change): void {
  if (value instanceof Scalar) {
    lines.push({ change, depth, key, text: value.text })
    return
  }
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}']
  const members: [string, Value][] = Array.isArray(value)
    ? value.map((item) => ['', item])
    : Object.entries(value).map(([inner, item]) => [`${JSON.stringify(inner)}: `, item])
  if (members.length === 0) {
    lines.push({ change, depth, key, text: open + close })
    return
  }
  lines.push({ change, depth, key, text: open })
  for (const [inner, item] of members) print(lines, item, inner, depth + 1, change)
  lines.push({ change, depth, key: '', text: close })
}

function isObject(value: Value): value is { [key: string]: Value } {
  return !(value instanceof Scalar) && !Array.isArray(value)
}
