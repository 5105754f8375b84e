import type { ReplayOptions } from '../../../shared/contract/schemas.ts'
import { isJsonObject } from '../../../shared/normalise.ts'
import { parseExactly } from './members.ts'

/** Where the properties and traits of a call stand. */
export type Root = 'properties' | 'traits' | 'context.traits'
const roots: readonly Root[] = ['context.traits', 'properties', 'traits']

const mask = '***'

/**
 * Leaves out and masks what a person does not want to send on. A plain key is meant wherever it stands, at any depth;
 * a dotted path (`address.city`, or `traits.email` as a problem writes it) means that place alone.
 */
export class Redaction {
  readonly #remove: Matcher
  readonly #mask: Matcher
  readonly isEmpty: boolean

  constructor({ remove = [], mask: masked = [] }: Pick<ReplayOptions, 'remove' | 'mask'>) {
    this.#remove = new Matcher(remove)
    this.#mask = new Matcher(masked)
    this.isEmpty = remove.length === 0 && masked.length === 0
  }

  /** The JSON text of the object at `root`, redacted; the same text where nothing had to go. */
  apply(root: Root, text: string): string {
    const value = parseExactly(text)
    return this.#visit(root, '', value) ? JSON.stringify(value) : text
  }

  #visit(root: Root, path: string, value: unknown): boolean {
    if (Array.isArray(value)) {
      let isChanged = false
      for (const item of value) if (this.#visit(root, path, item)) isChanged = true
      return isChanged
    }
    if (!isJsonObject(value) || isRawNumber(value)) return false
    let isChanged = false
    for (const key of Object.keys(value)) {
      const inner = path === '' ? key : `${path}.${key}`
      if (this.#remove.matches(root, key, inner)) {
        delete value[key]
        isChanged = true
      } else if (this.#mask.matches(root, key, inner)) {
        value[key] = mask
        isChanged = true
      } else if (this.#visit(root, inner, value[key])) {
        isChanged = true
      }
    }
    return isChanged
  }
}

class Matcher {
  readonly #anywhere = new Set<string>()
  readonly #places = new Map<Root, Set<string>>()

  constructor(entries: readonly string[]) {
    for (const entry of entries) {
      this.#anywhere.add(entry)
      const root = roots.find((name) => entry.startsWith(`${name}.`))
      if (root !== undefined) this.#place(root, entry.slice(root.length + 1))
      else if (entry.includes('.')) for (const name of roots) this.#place(name, entry)
    }
  }

  matches(root: Root, key: string, path: string): boolean {
    return this.#anywhere.has(key) || (this.#places.get(root)?.has(path) ?? false)
  }

  #place(root: Root, path: string): void {
    const paths = this.#places.get(root) ?? new Set()
    paths.add(path)
    this.#places.set(root, paths)
  }
}

function isRawNumber(value: object): boolean {
  const test: unknown = Reflect.get(JSON, 'isRawJSON')
  return typeof test === 'function' && Reflect.apply(test, JSON, [value]) === true
}
