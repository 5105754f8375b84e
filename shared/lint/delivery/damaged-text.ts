import { leavesOf, shown } from '../metadata/value.ts'
import type { LintedEvent, Rule } from '../rule.ts'

/** What decoding puts for bytes that are no UTF-8. */
export const replacementCharacter = '\uFFFD'

export const damagedText: Rule = {
  id: 'delivery/damaged-text',
  severity: 'warning',
  title: 'Text was damaged on its way',
  documentation:
    'JSON is sent as UTF-8. Bytes that are not, a Latin-1 `é` or a character cut in two, become `\uFFFD` here, as they do in the tools behind: which letter it was, nobody can tell any more. Look at what reads, converts or cuts the text before it is sent.',
  good: { type: 'track', event: 'Invoice Sent', userId: 'abc123', properties: { note: 'café' } },
  bad: { type: 'track', event: 'Invoice Sent', userId: 'abc123', properties: { note: 'caf\uFFFD' } },
  source: 'experience',
  check(event, facts) {
    if (!facts.isTextDamaged) return []
    const { path, text } = placeOf(event)
    return [
      {
        path,
        message: `${shown(text)} holds \uFFFD in place of what could not be read`,
        reason: 'It was not sent as UTF-8, or it was cut or converted before: the letter is lost everywhere.',
        suggestion: null,
      },
    ]
  },
}

/** The first place that holds the character, in the order in which a person reads an event. */
function placeOf({ payload, properties, traits, context }: LintedEvent): { path: string; text: string } {
  const { properties: _, traits: __, context: ___, ...fields } = payload
  const places = [fields, properties, traits, context].flatMap((root, index) =>
    root === null ? [] : leavesOf(root, ['', 'properties', 'traits', 'context'][index] ?? ''),
  )
  for (const { path, value } of places) {
    const text = String(value)
    if (text.includes(replacementCharacter)) return { path: path.replace(/^\./, ''), text }
    if (path.includes(replacementCharacter)) return { path: path.replace(/^\./, ''), text: path }
  }
  // Deeper than this looks.
  return { path: 'properties', text: replacementCharacter }
}
