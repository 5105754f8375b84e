/** Longer texts are not parsed: the rules run for every event. Characters. */
const parsedLength = 20_000
/** A longer suggestion would not be read. Characters. */
const shownLength = 2_000

/** Whether the text is the JSON of an object or a list. */
export function holdsJson(text: string): boolean {
  return parsed(text) !== null
}

/** The object or list written in the text, as JSON to paste; null when there is none, or too much of it. */
export function embeddedJson(text: string): string | null {
  const value = parsed(text)
  if (value === null) return null
  const json = JSON.stringify(value)
  return json.length > shownLength ? null : json
}

function parsed(text: string): object | null {
  if (text.length > parsedLength || !/^\s*(?:\{[^]*\}|\[[^]*\])\s*$/.test(text)) return null
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' ? value : null
  } catch {
    // Text in brackets that is no JSON is just text.
    return null
  }
}
