const indent = '  '

/**
 * The same JSON on lines of its own. Only white space is changed: long numbers, doubled keys and escapes stay as they
 * were sent. What is no JSON comes back in some other order of lines, with all of its characters.
 */
export function indented(text: string): string {
  const out: string[] = []
  let depth = 0
  const line = (): void => void out.push('\n', indent.repeat(depth))
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\[^])*"?|[{}[\],:]|[^\s"{}[\],:]+/g)) {
    const closesEmpty = (token === '}' || token === ']') && (out.at(-1) === '{' || out.at(-1) === '[')
    if (closesEmpty) {
      depth = Math.max(0, depth - 1)
      out.push(token)
      continue
    }
    if (out.at(-1) === '{' || out.at(-1) === '[') line()
    if (token === '{' || token === '[') {
      out.push(token)
      depth += 1
    } else if (token === '}' || token === ']') {
      depth = Math.max(0, depth - 1)
      line()
      out.push(token)
    } else if (token === ',') {
      out.push(token)
      line()
    } else out.push(token === ':' ? ': ' : token)
  }
  return out.join('')
}
