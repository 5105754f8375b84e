import type { TracksideEvent } from '../event.ts'

/** Nested deeper than this nothing is looked for, as in the search index. */
const depthLimit = 100

/** Each name, id, key and value of an event that words without a key are looked for in. */
export function* searchedTexts(event: TracksideEvent): Generator<string> {
  const {
    type,
    event: name,
    name: page,
    userId,
    anonymousId,
    previousId,
    accountId,
    messageId,
    source,
  } = event
  const fields = [type, name, page, userId, anonymousId, previousId, accountId, messageId, source]
  for (const text of [...fields, event.originalTimestamp, event.sentAt, event.rejection?.message])
    if (text != null) yield text
  for (const part of [event.properties, event.traits, event.context, event.integrations])
    yield* textsOf(part, 0)
}

function* textsOf(value: unknown, depth: number): Generator<string> {
  if (depth > depthLimit) return
  if (typeof value === 'string') yield value
  else if (typeof value === 'number' || typeof value === 'boolean') yield String(value)
  else if (Array.isArray(value)) for (const element of value) yield* textsOf(element, depth + 1)
  else if (typeof value === 'object' && value !== null)
    for (const [key, child] of Object.entries(value)) {
      yield key
      yield* textsOf(child, depth + 1)
    }
}
