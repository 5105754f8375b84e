import { isPersonalText } from './personal.ts'

/** A value that can be told from others at a glance. */
export type PlainValue = string | number | boolean

/** More different values than these are no choice among few. */
const valueLimit = 20
/** Longer texts are no choice, either. Characters. */
const longestValue = 100

/** How often each value came, as long as they are few, short and nobody's own. */
export class ValueCounts {
  #counts: Map<PlainValue, number> | null
  #isPersonal: boolean

  constructor(counts: Map<PlainValue, number> | null, isPersonal: boolean) {
    this.#counts = counts
    this.#isPersonal = isPersonal
  }

  static parse(text: string | null, isPersonal: boolean): ValueCounts {
    return new ValueCounts(
      text === null ? null : new Map(JSON.parse(text) as [PlainValue, number][]),
      isPersonal,
    )
  }

  /** JSON [[value, events]]; null where they are not listed. */
  get text(): string | null {
    return this.#counts === null ? null : JSON.stringify([...this.#counts])
  }

  get isPersonal(): boolean {
    return this.#isPersonal
  }

  add(value: PlainValue): void {
    if (this.#counts === null) return
    const count = this.#counts.get(value)
    if (count !== undefined) this.#counts.set(value, count + 1)
    else if (typeof value === 'string' && isPersonalText(value)) this.#withhold()
    else if (this.#counts.size >= valueLimit || (typeof value === 'string' && value.length > longestValue))
      this.#counts = null
    else this.#counts.set(value, 1)
  }

  #withhold(): void {
    this.#counts = null
    this.#isPersonal = true
  }
}
