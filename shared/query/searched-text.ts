import type { TracksideEvent } from '../event.ts'

/** What words without a key are looked for in. Of a rejected call that is also what was sent, where it is known. */
export type SearchedFields = Pick<
  TracksideEvent,
  | 'type'
  | 'event'
  | 'name'
  | 'userId'
  | 'anonymousId'
  | 'previousId'
  | 'accountId'
  | 'messageId'
  | 'source'
  | 'originalTimestamp'
  | 'sentAt'
  | 'rejection'
  | 'properties'
  | 'traits'
  | 'context'
  | 'integrations'
> & { payload?: string | null; rawBody?: string | null }

/** Characters of an event that are looked through; beyond them only its fields can be queried. */
const textLimit = 64 * 1024
const depthLimit = 100

/**
 * Names, ids, keys and values of an event as one text, field after field. `more` is what else belongs to it: values
 * that no field shows. The search index holds this text, so that words mean the same there as in memory.
 */
export function searchedText(event: SearchedFields, more: readonly unknown[] = []): string {
  const texts: string[] = []
  let length = 0
  const push = (text: string): void => {
    texts.push(text)
    length += text.length + 1
  }
  const visit = (value: unknown, depth: number): void => {
    if (length > textLimit || depth > depthLimit) return
    if (typeof value === 'string') push(value)
    else if (typeof value === 'number' || typeof value === 'boolean') push(String(value))
    else if (Array.isArray(value)) for (const element of value) visit(element, depth + 1)
    else if (typeof value === 'object' && value !== null) {
      for (const [key, child] of Object.entries(value)) {
        push(key)
        visit(child, depth + 1)
      }
    }
  }
  const { type, event: name, name: page, userId, anonymousId, previousId, accountId, messageId } = event
  // Ids first: a very long name must not push them out.
  for (const field of [type, userId, anonymousId, previousId, accountId, messageId, event.source])
    visit(field, 0)
  for (const field of [name, page, event.originalTimestamp, event.sentAt]) visit(field, 0)
  for (const part of [event.properties, event.traits, event.context, event.integrations]) visit(part, 0)
  if (event.rejection !== null)
    for (const text of [event.rejection.message, event.payload, event.rawBody]) visit(text, 0)
  for (const value of more) visit(value, 0)
  return texts.join(' ').slice(0, textLimit)
}
