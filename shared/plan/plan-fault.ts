/** Where something stands in a document: keys and places, from its root. */
export type DocumentPath = readonly (string | number)[]

/** What is wrong with a plan, and at which value of its document. Who knows the document's text turns it into a line. */
export class PlanFault extends Error {
  readonly path: DocumentPath
  override readonly name = 'PlanFault'

  constructor(path: DocumentPath, message: string) {
    super(message)
    this.path = path
  }
}

/** How a sentence shows the value that stands where another was expected. */
export function found(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object' && value !== null) return 'an object'
  const text = JSON.stringify(value)
  return text.length > 40 ? `${text.slice(0, 39)}…` : text
}
