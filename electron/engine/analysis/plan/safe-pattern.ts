import { createRequire } from 'node:module'
import type * as re2js from 're2js'

const require = createRequire(import.meta.url)

/** Longer values are not held against a pattern. Characters. */
const judgedLength = 10_000

/**
 * A regular expression out of a file that anybody may have written. It is matched in time that grows with the length of
 * the value alone (RE2's way); the one of JavaScript can take for ever. What that way does not know, back references
 * and looking ahead, says nothing about a value.
 */
export class SafePattern {
  readonly #source: string
  readonly #compiled: re2js.RE2JS | null

  constructor(source: string) {
    this.#source = source
    this.#compiled = compiled(source)
  }

  test(text: string): boolean {
    return this.#compiled === null || text.length > judgedLength || this.#compiled.matcher(text).find()
  }

  /** The validator keeps patterns apart by this. */
  toString(): string {
    return this.#source
  }
}

/** Whether values can be held against the pattern at all. */
export const isMatchable = (source: string): boolean => compiled(source) !== null

/** What compiles it is loaded with the first plan that has a pattern. */
function compiled(source: string): re2js.RE2JS | null {
  const { RE2JS } = require('re2js') as typeof re2js
  try {
    return RE2JS.compile(RE2JS.translateRegExp(source))
  } catch {
    return null
  }
}
