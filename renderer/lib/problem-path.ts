import type { TracksideEvent } from '../../shared/event.ts'

const step = /^(?:\.?([\p{L}_$][\p{L}\p{N}_$-]*)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\])/u

/** What stands in the event where a problem points to: `properties["total amount"]`; undefined where nothing does. */
export function valueAt(event: TracksideEvent, path: string): unknown {
  let value: unknown = event
  for (let rest = path; rest !== '';) {
    const found = step.exec(rest)
    if (found === null || typeof value !== 'object' || value === null) return undefined
    const [text, key, index, quoted] = found
    value = Reflect.get(value, key ?? index ?? String(JSON.parse(quoted ?? '""')))
    rest = rest.slice(text.length)
  }
  return value
}
