import type Database from 'better-sqlite3'

/** Words beyond this many characters of an event are not indexed; its fields still can be queried. */
const textLimit = 64 * 1024
const depthLimit = 100

/** Every key and value of a call as one text: what bare words of a query look through. */
export function searchableText(payload: unknown, extra: readonly (string | null)[]): string {
  const words: string[] = []
  let length = 0
  const push = (word: string): void => {
    words.push(word)
    length += word.length + 1
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
  for (const word of extra) if (word !== null) push(word)
  visit(payload, 0)
  return words.join(' ').slice(0, textLimit)
}

export class SearchIndex {
  readonly #add: Database.Statement<[number, string]>

  constructor(database: Database.Database) {
    this.#add = database.prepare('INSERT INTO search (rowid, text) VALUES (?, ?)')
  }

  add(eventId: number, text: string): void {
    this.#add.run(eventId, text)
  }
}
