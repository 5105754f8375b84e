const step = /(?:^|\.)([^.[\]]+)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/gy
/** Rules cut longer keys, in characters. */
const keyLength = 100

/** The steps of a path as rules write them: `properties.products[0]["the sku"]`; null where it is no such path. */
export function stepsOf(path: string): string[] | null {
  const steps: string[] = []
  step.lastIndex = 0
  while (step.lastIndex < path.length) {
    const match = step.exec(path)
    if (match === null) return null
    const [, key, index, quoted] = match
    steps.push(quoted === undefined ? (key ?? index ?? '') : String(JSON.parse(quoted)))
  }
  return steps
}

/** What stands in the event at the place that a rule names; undefined where nothing does. */
export function valueAt(event: object, path: string): unknown {
  let place: unknown = event
  for (const key of stepsOf(path) ?? ['']) {
    if (typeof place !== 'object' || place === null) return undefined
    const own = Object.hasOwn(place, key)
      ? key
      : Object.keys(place).find((one) => key.length === keyLength && one.startsWith(key))
    if (own === undefined) return undefined
    place = Reflect.get(place, own)
  }
  return place
}
