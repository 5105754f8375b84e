import type { JsonObject } from '../../event.ts'
import { squeezedKey } from '../../spec/reserved.ts'
import { specOf } from '../../spec/semantic-events.ts'
import type { SemanticEvent, SpecProperties, SpecType } from '../../spec/semantic-events.ts'
import { isOneLetterApart } from '../near-duplicate/index.ts'
import type { English, Finding, Rule } from '../rule.ts'
import { wordsOfKey } from './key-words.ts'
import { childPath, isJsonObject, typeName } from './value.ts'

const findingLimit = 10
const keyLimit = 200
const elementLimit = 50
/** In shorter keys a letter makes another word. */
const shortestSlip = 5
const longestKey = 60

export const spec: Rule = {
  id: 'metadata/spec',
  severity: 'warning',
  title: 'Event is not as the Segment spec has it',
  documentation:
    'The Segment spec names some events and their properties, and many tools build their reports on them: `Order Completed` has an `order_id` and `products`, of which each has a `product_id` or a `sku`. A property that is misspelt (`orderId`), that has another type, or the one that says which order or product it was and is missing, is a hole in those reports. Properties of your own are welcome.',
  good: {
    type: 'track',
    event: 'Order Completed',
    userId: 'abc123',
    properties: { order_id: '50314', total: 25, products: [{ product_id: '507f', price: 25 }] },
  },
  bad: {
    type: 'track',
    event: 'Order Completed',
    userId: 'abc123',
    properties: { orderId: '50314', total: true, products: [{ price: 25 }] },
  },
  source: 'Segment spec',
  check(event, facts) {
    if (event.type !== 'track') return []
    const semantic = specOf(event.event, event.properties, facts.config.style)
    if (semantic === null) return []
    return new Comparison(semantic, facts.english).of(event.properties ?? {})
  },
}

/** The type of these is told by `metadata/reserved`, which knows more about money. */
const money = new Set(['revenue', 'value', 'currency'])

class Comparison {
  readonly #spec: SemanticEvent
  readonly #english: English
  readonly #findings: Finding[] = []

  constructor(semantic: SemanticEvent, english: English) {
    this.#spec = semantic
    this.#english = english
  }

  of(properties: JsonObject): Finding[] {
    const meant = this.#compare(properties, this.#spec.properties, 'properties')
    for (const choices of this.#spec.identifiedBy) this.#identify(properties, meant, choices, 'properties')
    for (const [key, named] of this.#spec.inside) {
      const value = Object.hasOwn(properties, key) ? properties[key] : undefined
      if (Array.isArray(value)) this.#compareElements(value, key, named)
      else if (isJsonObject(value)) this.#compare(value, named, `properties.${key}`)
    }
    return this.#findings.slice(0, findingLimit)
  }

  /** What is wrong with one product is mostly wrong with all: the first one stands for them. */
  #compareElements(elements: readonly unknown[], key: string, named: SpecProperties): void {
    for (const [index, element] of elements.slice(0, elementLimit).entries()) {
      if (!isJsonObject(element)) continue
      const before = this.#findings.length
      const path = `properties.${key}[${index}]`
      const meant = this.#compare(element, named, path)
      if (key === 'products') this.#identify(element, meant, ['product_id', 'sku'], path)
      if (this.#findings.length > before) return
    }
  }

  /** Gives back the keys that misspelt ones stand for. */
  #compare(object: JsonObject, named: SpecProperties, path: string): ReadonlySet<string> {
    const meant = new Set<string>()
    let keys = 0
    for (const key in object) {
      if (!Object.hasOwn(object, key)) continue
      keys += 1
      if (keys > keyLimit || this.#findings.length >= findingLimit) break
      const value = object[key]
      const type = named.types.get(key)
      if (type !== undefined) {
        this.#checkType(value, type, key, path)
        continue
      }
      const right = this.#rightSpelling(key, value, named)
      if (right === null || Object.hasOwn(object, right)) continue
      meant.add(right)
      this.#findings.push({
        path: childPath(path, key),
        message: `\`${key}\` is \`${right}\` in the Segment spec`,
        reason: 'Tools look for the key of the spec, and find nothing there.',
        suggestion: right,
      })
    }
    return meant
  }

  #checkType(value: unknown, type: SpecType, key: string, path: string): void {
    if (value === null || value === undefined || money.has(key) || hasType(value, type)) return
    // `metadata/stringified` has told that already, with the number to paste.
    if (type === 'number' && typeof value === 'string' && /^-?\d+(?:\.\d+)?$/.test(value.slice(0, 40))) return
    this.#findings.push({
      path: childPath(path, key),
      message: `\`${key}\` is ${typeName(value)}, and ${typeWords[type]} in the Segment spec`,
      reason: 'Tools that know this event read the property as that type, and drop or misread any other.',
      suggestion: type.startsWith('text') && typeof value === 'number' ? JSON.stringify(String(value)) : null,
    })
  }

  #rightSpelling(key: string, value: unknown, named: SpecProperties): string | null {
    if (key.length > longestKey) return null
    const squeezed = squeezedKey(key)
    const same = named.bySqueezedKey.get(squeezed)
    if (same !== undefined) return same
    if (squeezed.length < shortestSlip) return null
    for (const [other, right] of named.bySqueezedKey) {
      if (Math.abs(other.length - squeezed.length) > 1 || other.length < shortestSlip) continue
      if (other.charAt(0) !== squeezed.charAt(0) && other.charAt(1) !== squeezed.charAt(1)) continue
      if (isOneLetterApart(squeezed, other) && this.#isSlip(key, value, right, named)) return right
    }
    return null
  }

  /** `brand` and `grand` are two words; `coupon` and `coupons` are two properties, unless they hold the same. */
  #isSlip(key: string, value: unknown, right: string, named: SpecProperties): boolean {
    const type = named.types.get(right)
    if (type === undefined || !hasType(value, type)) return false
    const words = wordsOfKey(key)
    const rightWords = wordsOfKey(right)
    if (words.length !== rightWords.length) return true
    return words.every((word, index) => {
      const counterpart = rightWords[index] ?? ''
      if (word === counterpart) return true
      if (/\d/.test(word)) return false
      if (this.#english.singular(word) === this.#english.singular(counterpart)) return true
      const verb = this.#english.infinitive(word)
      if (verb !== null && verb === this.#english.infinitive(counterpart)) return true
      return this.#english.partsOfSpeech(word).length === 0
    })
  }

  #identify(object: JsonObject, meant: ReadonlySet<string>, choices: readonly string[], path: string): void {
    const [first] = choices
    if (first === undefined) return
    if (choices.some((key) => meant.has(key) || (Object.hasOwn(object, key) && isThere(object[key])))) return
    this.#findings.push({
      path: childPath(path, first),
      message: `${choices.map((key) => `\`${key}\``).join(' or ')} is missing`,
      reason: 'By it tools tell one from another: without it, this event can’t be put together with others.',
      suggestion: first,
    })
  }
}

const typeWords: Record<SpecType, string> = {
  text: 'text',
  number: 'a number',
  boolean: 'a boolean',
  date: 'a date',
  list: 'a list',
  object: 'an object',
  'text|list': 'text or a list',
  'text|number': 'text or a number',
}

function hasType(value: unknown, type: SpecType): boolean {
  switch (type) {
    case 'text':
      return typeof value === 'string'
    case 'number':
      return typeof value === 'number'
    case 'boolean':
      return typeof value === 'boolean'
    case 'date':
    case 'text|number':
      return typeof value === 'string' || typeof value === 'number'
    case 'list':
      return Array.isArray(value)
    case 'object':
      return isJsonObject(value)
    case 'text|list':
      return typeof value === 'string' || Array.isArray(value)
  }
}

function isThere(value: unknown): boolean {
  return value !== null && value !== undefined && value !== ''
}
