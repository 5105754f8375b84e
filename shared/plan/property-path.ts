/** The way to a property: keys, and null for each element of a list. */
export type PropertyPath = readonly (string | null)[]

const plainKey = /^(?!\$$)[^\s.[\]"](?:[^.[\]"]*[^\s.[\]"])?$/
const step = /\[\]|\[("(?:[^"\\]|\\.)*")\]|(?:^|\.)([^.[\]"]+)/y

/** `products[].sku`, `["a.b"].c`: a path as text, which `parsePath` reads again. */
export function printPath(path: PropertyPath): string {
  return path.reduce<string>((text, key) => {
    if (key === null) return `${text}[]`
    if (!plainKey.test(key)) return `${text}[${JSON.stringify(key)}]`
    return text === '' ? key : `${text}.${key}`
  }, '')
}

/** The path that a text says, or null where it says none. */
export function parsePath(text: string): PropertyPath | null {
  const path: (string | null)[] = []
  step.lastIndex = 0
  while (step.lastIndex < text.length) {
    const at = step.lastIndex
    const match = step.exec(text)
    if (match === null) return null
    const [whole, quoted, plain] = match
    // Each key but the first follows a dot.
    if (plain !== undefined && whole.startsWith('.') === (at === 0)) return null
    if (quoted !== undefined) {
      try {
        path.push(JSON.parse(quoted) as string)
      } catch {
        return null
      }
    } else path.push(plain?.trim() ?? null)
  }
  return path
}
