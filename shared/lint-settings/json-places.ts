/** Where a value of a JSON text stands, and where the values inside it do. */
export interface JsonPlace {
  /** Index of its first character. */
  at: number
  /** Index of the key that it stands behind; of the value itself where it has none. */
  keyAt: number
  inside: Map<string, JsonPlace>
}

export interface JsonPlaces {
  root: JsonPlace
  /** Every key, in the order of the text; of one that stands in an object twice, JSON counts the last alone. */
  keys: { key: string; at: number; isRepeated: boolean }[]
}

interface Opened {
  place: JsonPlace
  isArray: boolean
  /** The key whose value comes next. */
  key: { text: string; at: number } | null
}

const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g

/** Finds every value of a text that is whole JSON. */
export function placesIn(text: string): JsonPlaces {
  const keys: JsonPlaces['keys'] = []
  const root: JsonPlace = { at: 0, keyAt: 0, inside: new Map() }
  const open: Opened[] = [{ place: root, isArray: true, key: null }]
  for (const { 0: word, index } of text.matchAll(token)) {
    const parent = open.at(-1)
    if (parent === undefined) break
    if (word === '}' || word === ']') open.pop()
    else if (word === ',' || word === ':') continue
    else if (!parent.isArray && parent.key === null) {
      const key = String(JSON.parse(word))
      keys.push({ key, at: index, isRepeated: parent.place.inside.has(key) })
      parent.key = { text: key, at: index }
    } else {
      const place = { at: index, keyAt: parent.key?.at ?? index, inside: new Map<string, JsonPlace>() }
      parent.place.inside.set(parent.key?.text ?? String(parent.place.inside.size), place)
      parent.key = null
      if (word === '{' || word === '[') open.push({ place, isArray: word === '[', key: null })
    }
  }
  return { root: root.inside.get('0') ?? root, keys }
}

/** The place of the value at a path, or of what is left of it where the path leads out of the text. */
export function placeAt(root: JsonPlace, path: readonly PropertyKey[]): JsonPlace {
  let place = root
  for (const step of path) place = place.inside.get(String(step)) ?? place
  return place
}

/** Line and column as editors count them: from 1. */
export function lineAndColumn(text: string, at: number): { line: number; column: number } {
  const before = text.slice(0, at).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}
