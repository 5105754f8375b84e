import type { QueryMistake } from './ast.ts'

/** Ends the reading of a query; never leaves parseQuery. */
export class Mistake extends Error implements QueryMistake {
  readonly from: number
  readonly to: number
  readonly expected: readonly string[]

  constructor(message: string, from: number, to: number, expected: readonly string[] = []) {
    super(message)
    this.from = from
    this.to = to
    this.expected = expected
  }
}
