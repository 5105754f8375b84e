/** How a language writes the values of JSON. */
export interface Dialect {
  text: (text: string) => string
  number: (value: number) => string
  yes: string
  no: string
  nothing: string
  object: (keys: readonly string[]) => Brackets
  list: (items: readonly unknown[]) => Brackets
  pair: (key: string, value: string) => string
  indent: string
  /** Whether a comma may (in Go: must) follow the last of several lines. */
  trailingComma: boolean
}

export interface Brackets {
  open: string
  close: string
  /** Between brackets and what stands on the same line: `{ a: 1 }`. */
  padding?: string
}

const lineLength = 60

/** The value as code. What follows its first line is indented by `depth` steps. */
export function literal(value: unknown, dialect: Dialect, depth = 0): string {
  if (typeof value === 'string') return dialect.text(value)
  if (typeof value === 'number') return dialect.number(value)
  if (typeof value === 'boolean') return value ? dialect.yes : dialect.no
  if (typeof value !== 'object' || value === null) return dialect.nothing
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => literal(item, dialect, depth + 1))
    return enclosed(items, dialect.list(value), dialect, depth)
  }
  const entries = Object.entries(value)
  const pairs = entries.map(([key, inner]) => dialect.pair(key, literal(inner, dialect, depth + 1)))
  return enclosed(pairs, dialect.object(entries.map(([key]) => key)), dialect, depth)
}

/** On one line where it fits. */
export function enclosed(
  parts: readonly string[],
  { open, close, padding = '' }: Brackets,
  { indent, trailingComma }: Pick<Dialect, 'indent' | 'trailingComma'>,
  depth: number,
): string {
  if (parts.length === 0) return open + close
  let length = 0
  for (const part of parts) length += part.includes('\n') ? lineLength : part.length + 2
  if (length + depth * indent.length < lineLength) {
    return open + padding + parts.join(', ') + padding + close
  }
  const line = `\n${indent.repeat(depth + 1)}`
  return `${open}${line}${parts.join(`,${line}`)}${trailingComma ? ',' : ''}\n${indent.repeat(depth)}${close}`
}

/** A number that JSON can write; whole ones beyond 64 bits with an exponent, for languages that count in bits. */
export function numberIn64Bits(value: number): string {
  return Number.isInteger(value) && Math.abs(value) >= 2 ** 63 ? value.toExponential() : String(value)
}
