import type { JsonObject } from '../event.ts'
import { isJsonObject } from '../normalise.ts'
import type { Format, JsonType, Plan } from './plan.ts'
import { hasFreeValues, isMeasured } from './property-meaning.ts'
import { formatsOf } from './value-format.ts'

const depthLimit = 5
const keyLimit = 100
const elementLimit = 20
/** More keys than this in one object are data: ids, dates. */
const mapKeys = 50
/** Different texts that are remembered of a property: one more, and it has no list of values. */
const valueLimit = 12
const valueLength = 60
/** A list of values is drawn up from so many examples, and each value has been there so many times on average. */
const enumExamples = 20
const examplesPerValue = 5
/** A type that is rarer than this is rather a mistake than a choice, once so many calls have been seen. */
const strayShare = 0.05
const strayCalls = 20

/** Draws up a plan from captured events: it is shown one after the other. */
export class PlanDraft {
  readonly #events = new Map<string, ObjectShape>()
  #calls = 0

  add(name: string, properties: JsonObject | null): void {
    let shape = this.#events.get(name)
    if (shape === undefined) {
      shape = new ObjectShape()
      this.#events.set(name, shape)
    }
    this.#calls += 1
    shape.add(properties ?? {}, 0, this.#calls)
  }

  /** One event for each name, from A to Z. */
  plan(name: string): Plan {
    const events = [...this.#events]
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([event, shape]) => ({
        name: event,
        description: '',
        schema: { type: 'object', ...shape.schema() },
      }))
    return { name, events }
  }
}

/** What the objects at one place have had in common. */
class ObjectShape {
  #examples = 0
  #isMap = false
  readonly #properties = new Map<string, { presentIn: number; shape: ValueShape }>()

  add(object: JsonObject, depth: number, call: number): void {
    this.#examples += 1
    for (const [key, value] of Object.entries(object).slice(0, keyLimit)) {
      let property = this.#properties.get(key)
      if (property === undefined) {
        if (this.#isMap) continue
        property = { presentIn: 0, shape: new ValueShape(key) }
        this.#properties.set(key, property)
        if (this.#properties.size > (depth === 0 ? keyLimit : mapKeys)) this.#becomeMap()
      }
      property.presentIn += 1
      property.shape.add(value, depth + 1, call)
    }
  }

  schema(): JsonObject {
    if (this.#isMap) return { additionalProperties: true }
    if (this.#properties.size === 0) return {}
    const properties = [...this.#properties]
    const required = properties.filter(([, { presentIn }]) => presentIn === this.#examples)
    return {
      properties: Object.fromEntries(properties.map(([key, { shape }]) => [key, shape.schema()])),
      ...(required.length === 0 ? {} : { required: required.map(([key]) => key) }),
    }
  }

  #becomeMap(): void {
    this.#isMap = true
    this.#properties.clear()
  }
}

/** What the values of one property have had in common. */
class ValueShape {
  readonly #key: string
  readonly #types = new Map<JsonType, number>()
  readonly #texts = new Map<string, number>()
  #hasOtherTexts = false
  #formats: Format[] | null = null
  #object: ObjectShape | null = null
  #elements: ValueShape | null = null
  /** What one call says in a long list is one example of it, however many its elements are. */
  #calls = 0
  #lastCall = 0

  constructor(key: string) {
    this.#key = key
  }

  add(value: unknown, depth: number, call: number): void {
    const type = typeOf(value)
    if (call !== this.#lastCall) this.#calls += 1
    this.#lastCall = call
    this.#types.set(type, (this.#types.get(type) ?? 0) + 1)
    if (typeof value === 'string') this.#addText(value)
    else if (depth < depthLimit && isJsonObject(value))
      (this.#object ??= new ObjectShape()).add(value, depth, call)
    else if (depth < depthLimit && Array.isArray(value)) {
      for (const element of value.slice(0, elementLimit))
        (this.#elements ??= new ValueShape(this.#key)).add(element, depth + 1, call)
    }
  }

  schema(): JsonObject {
    const types = this.#usualTypes()
    const [type] = types
    // A list of values would forbid whatever else it may be.
    const isText = type === 'string' && types.length === 1
    const format = isText ? this.#formats?.[0] : undefined
    const values = isText && format === undefined ? this.#values() : null
    return {
      ...(type === undefined ? {} : { type: types.length === 1 ? type : types }),
      ...(format === undefined ? {} : { format }),
      ...(values === null ? {} : { enum: values }),
      ...(types.includes('object') ? this.#object?.schema() : {}),
      ...(types.includes('array') && this.#elements !== null ? { items: this.#elements.schema() } : {}),
    }
  }

  #addText(text: string): void {
    const formats = formatsOf(text)
    this.#formats =
      this.#formats === null ? formats : this.#formats.filter((format) => formats.includes(format))
    const count = this.#texts.get(text)
    if (count !== undefined) this.#texts.set(text, count + 1)
    else if (this.#texts.size < valueLimit && text.length <= valueLength) this.#texts.set(text, 1)
    else this.#hasOtherTexts = true
  }

  #usualTypes(): JsonType[] {
    const types = new Map(this.#types)
    const whole = types.get('integer') ?? 0
    // 20 and 19.99 are both amounts, and an amount that has been whole so far need not stay so.
    if (whole > 0 && (types.has('number') || isMeasured(this.#key))) {
      types.delete('integer')
      types.set('number', (types.get('number') ?? 0) + whole)
    }
    const examples = [...types.values()].reduce((sum, count) => sum + count, 0)
    const sorted = [...types].toSorted(([, one], [, other]) => other - one)
    return sorted
      .filter(
        ([type, count]) => type === 'null' || this.#calls < strayCalls || count / examples >= strayShare,
      )
      .map(([type]) => type)
  }

  #values(): string[] | null {
    const examples = [...this.#texts.values()].reduce((sum, count) => sum + count, 0)
    const isListed =
      !this.#hasOtherTexts &&
      this.#texts.size > 1 &&
      examples >= Math.max(enumExamples, examplesPerValue * this.#texts.size) &&
      [...this.#texts.values()].every((count) => count > 1) &&
      !hasFreeValues(this.#key)
    return isListed ? [...this.#texts.keys()].toSorted() : null
  }
}

function typeOf(value: unknown): JsonType {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  switch (typeof value) {
    case 'string':
      return 'string'
    case 'boolean':
      return 'boolean'
    case 'number':
      return Number.isInteger(value) ? 'integer' : 'number'
    default:
      return 'object'
  }
}
