import type { JsonObject } from './event.ts'

/** Where a text stops being JSON, and what stood there before. */
export interface BrokenJson {
  /** Index of the first character that does not fit; the length of the text where it ends too soon. */
  at: number
  /** What is wrong there, as half a sentence: "a comma or } is missing". */
  reason: string
  /** What could be read up to there. A value that was begun is part of it if it is an object or an array. */
  read: unknown
}

/** Levels that are followed; a text that goes deeper is broken enough. */
const depthLimit = 500

const space = /[\t\n\r ]*/y
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const string = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*/y
const literals: readonly (readonly [string, unknown])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
]

class Break extends Error {
  readonly at: number
  readonly reason: string

  constructor(at: number, reason: string) {
    super(reason)
    this.at = at
    this.reason = reason
  }
}

/** Reads as far as it goes; null for a text that is whole JSON. */
export function readBrokenJson(text: string): BrokenJson | null {
  const reader = new Reader(text)
  try {
    reader.document()
    return null
  } catch (error) {
    if (!(error instanceof Break)) throw error
    return { at: error.at, reason: error.reason, read: reader.read }
  }
}

class Reader {
  /** Grows while it is read: what is inside is put into it as soon as it begins. */
  read: unknown = undefined
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  document(): void {
    this.#value((value) => (this.read = value), 0)
    this.#skipSpace()
    if (this.#at < this.#text.length) this.#fail('something follows after the end of the JSON')
  }

  #fail(reason: string, at = this.#at): never {
    throw new Break(at, at >= this.#text.length ? 'the text ends here, in the middle' : reason)
  }

  /** `place` is given the value as soon as there is one. */
  #value(place: (value: unknown) => void, depth: number): void {
    if (depth > depthLimit) this.#fail(`it is nested more than ${depthLimit} levels deep`)
    this.#skipSpace()
    const character = this.#text[this.#at]
    if (character === '{') this.#object(place, depth)
    else if (character === '[') this.#array(place, depth)
    else if (character === '"') place(this.#string())
    else place(this.#scalar())
  }

  #object(place: (value: unknown) => void, depth: number): void {
    const object: JsonObject = {}
    place(object)
    this.#at += 1
    if (this.#take('}')) return
    for (;;) {
      this.#skipSpace()
      if (this.#text[this.#at] !== '"') this.#fail('a key in double quotes is missing')
      const key = this.#string()
      if (!this.#take(':')) this.#fail('a colon is missing after the key')
      // Defined, not assigned: `__proto__` is a key like any other.
      this.#value(
        (value) =>
          Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true }),
        depth + 1,
      )
      if (this.#take('}')) return
      if (!this.#take(',')) this.#fail('a comma or } is missing')
    }
  }

  #array(place: (value: unknown) => void, depth: number): void {
    const array: unknown[] = []
    place(array)
    this.#at += 1
    if (this.#take(']')) return
    for (;;) {
      const index = array.length
      this.#value((value) => (array[index] = value), depth + 1)
      if (this.#take(']')) return
      if (!this.#take(',')) this.#fail('a comma or ] is missing')
    }
  }

  #string(): string {
    const begin = this.#match(string) ?? ''
    const end = this.#at
    if (this.#text[end] !== '"') {
      // A piece of an escape at the very end is no mistake of its own: the text was cut.
      const isCut = /^\\(?:u[\da-fA-F]{0,3})?$/.test(this.#text.slice(end, end + 6))
      const at = isCut ? this.#text.length : end
      this.#fail(
        this.#text[end] === '\\'
          ? 'there is no such escape'
          : 'a line break or control character stands inside a text',
        at,
      )
    }
    this.#at = end + 1
    return JSON.parse(`${begin}"`) as string
  }

  #scalar(): unknown {
    for (const [word, value] of literals) {
      if (this.#text.startsWith(word, this.#at)) {
        this.#at += word.length
        return value
      }
    }
    const begin = this.#at
    const digits = this.#match(number)
    if (digits === null) {
      const isCut = literals.some(([word]) => word.startsWith(this.#text.slice(begin)))
      this.#fail('a value is missing', isCut ? this.#text.length : begin)
    }
    return Number(digits)
  }

  /** Whether the next character is this one; then it is behind. */
  #take(character: string): boolean {
    this.#skipSpace()
    if (this.#text[this.#at] !== character) return false
    this.#at += 1
    return true
  }

  #skipSpace(): void {
    this.#match(space)
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)?.[0] ?? null
    this.#at += found?.length ?? 0
    return found
  }
}
