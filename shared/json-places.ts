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

/** Line and column as editors count them: from 1. */
export interface TextPlace {
  line: number
  column: number
}

interface FoundValue {
  /** 0 for the whole of the text. */
  depth: number
  /** Its key, or its number in its list. */
  step: string
  at: number
  keyAt: number
}

interface Opened {
  isArray: boolean
  /** The key whose value comes next. */
  key: { text: string; at: number } | null
  values: number
}

const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g

/** Every value of a text that is whole JSON, each before those inside it. */
function* valuesIn(text: string): Generator<FoundValue> {
  const open: Opened[] = [{ isArray: true, key: null, values: 0 }]
  for (const { 0: word, index } of text.matchAll(token)) {
    const parent = open.at(-1)
    if (parent === undefined) break
    if (word === '}' || word === ']') open.pop()
    else if (word === ',' || word === ':') continue
    else if (!parent.isArray && parent.key === null) {
      parent.key = { text: String(JSON.parse(word)), at: index }
    } else {
      const step = parent.key?.text ?? String(parent.values)
      yield { depth: open.length - 1, step, at: index, keyAt: parent.key?.at ?? index }
      parent.key = null
      parent.values += 1
      if (word === '{' || word === '[') open.push({ isArray: word === '[', key: null, values: 0 })
    }
  }
}

/** Finds every value of a text that is whole JSON. */
export function placesIn(text: string): JsonPlaces {
  const keys: JsonPlaces['keys'] = []
  const around: JsonPlace = { at: 0, keyAt: 0, inside: new Map() }
  const open = [around]
  for (const { depth, step, at, keyAt } of valuesIn(text)) {
    open.length = depth + 1
    const parent = open[depth] ?? around
    if (keyAt !== at) keys.push({ key: step, at: keyAt, isRepeated: parent.inside.has(step) })
    const place = { at, keyAt, inside: new Map<string, JsonPlace>() }
    parent.inside.set(step, place)
    open.push(place)
  }
  return { root: around.inside.get('0') ?? around, keys }
}

/** The place of the value at a path, or of what is left of it where the path leads out of the text. */
export function placeAt(root: JsonPlace, path: readonly PropertyKey[]): JsonPlace {
  let place = root
  for (const step of path) place = place.inside.get(String(step)) ?? place
  return place
}

/**
 * Index of the value at a path, of the last one around it where the path leads out of the text. Keeps nothing of the
 * rest, so that the text may be large.
 */
export function indexAlong(text: string, path: readonly PropertyKey[]): number {
  let index = 0
  /** Steps that lead to the value that was found last, or around the one that is being read. */
  let taken = -1
  for (const { depth, step, at } of valuesIn(text)) {
    if (depth > taken + 1 || depth > path.length) continue
    const isOnPath = depth === 0 || step === String(path[depth - 1])
    taken = isOnPath ? depth : depth - 1
    if (isOnPath) index = at
  }
  return index
}

export function lineAndColumn(text: string, at: number): TextPlace {
  const before = text.slice(0, at).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}
