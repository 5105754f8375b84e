import type { JsonObject } from '../../event.ts'
import { currencies } from '../../spec/currencies.ts'
import type { ReservedType } from '../../spec/reserved.ts'
import {
  accountTraits,
  pageProperties,
  screenProperties,
  squeezedKey,
  userTraits,
} from '../../spec/reserved.ts'
import type { Finding, Rule } from '../rule.ts'
import { childPath, isJsonObject, shown, typeName } from './value.ts'

export const reserved: Rule = {
  id: 'metadata/reserved',
  severity: 'error',
  title: 'Reserved property has the wrong type',
  documentation:
    'The Segment spec gives some keys a meaning that tools rely on: `revenue` and `value` are numbers, `currency` is an ISO 4217 code, and traits such as `email` or `createdAt` have a type. A reserved key with another type is ignored, or breaks the report that is built on it.',
  good: {
    type: 'track',
    event: 'Order Completed',
    userId: 'abc123',
    properties: { order_id: '50314', revenue: 25, currency: 'USD' },
  },
  bad: {
    type: 'track',
    event: 'Order Completed',
    userId: 'abc123',
    properties: { order_id: '50314', revenue: '25', currency: '$' },
  },
  source: 'Segment spec',
  check(event) {
    if (event.type === 'track' && event.properties !== null) return moneyFindings(event.properties)
    if (event.type === 'page' && event.properties !== null)
      return typeFindings(event.properties, 'properties', pageProperties)
    if (event.type === 'screen' && event.properties !== null)
      return typeFindings(event.properties, 'properties', screenProperties)
    if (event.type === 'identify' && event.traits !== null)
      return typeFindings(event.traits, 'traits', userTraits)
    if (event.type === 'group' && event.traits !== null)
      return typeFindings(event.traits, 'traits', accountTraits)
    return []
  },
}

function moneyFindings(properties: JsonObject): Finding[] {
  const findings: Finding[] = []
  for (const key of ['revenue', 'value']) {
    const value = Object.hasOwn(properties, key) ? properties[key] : undefined
    if (value === undefined || value === null || typeof value === 'number') continue
    findings.push({
      path: `properties.${key}`,
      message: `\`${key}\` is ${typeName(value)}, not a number: ${shown(value)}`,
      reason: `Tools that add up \`${key}\` skip what is not a number, and the total is wrong.`,
      suggestion: typeof value === 'string' ? numberInside(value) : null,
    })
  }
  const currency = Object.hasOwn(properties, 'currency') ? properties['currency'] : undefined
  if (currency === undefined || currency === null || isCurrency(currency)) return findings
  findings.push({
    path: 'properties.currency',
    message: `${shown(currency)} is no ISO 4217 currency code`,
    reason: 'Amounts can be converted only when the currency is one of the three-letter codes.',
    suggestion: typeof currency === 'string' ? currencyMeant(currency) : null,
  })
  return findings
}

function isCurrency(value: unknown): boolean {
  // The specs themselves write both USD and usd.
  return typeof value === 'string' && value.length === 3 && currencies.has(value.toUpperCase())
}

function currencyMeant(text: string): string | null {
  const known: Record<string, string> = {
    '€': 'EUR',
    EURO: 'EUR',
    EUROS: 'EUR',
    '£': 'GBP',
    US$: 'USD',
    DOLLAR: 'USD',
    DOLLARS: 'USD',
    '₹': 'INR',
    '₩': 'KRW',
    '₺': 'TRY',
  }
  const code = text.slice(0, 20).trim().toUpperCase()
  if (currencies.has(code)) return code
  return Object.hasOwn(known, code) ? (known[code] ?? null) : null
}

/** `"$1,234.50"` → `1234.50`; null where a comma could be either separator. */
function numberInside(text: string): string | null {
  const digits = text.slice(0, 40).replace(/^[\s$€£¥]+|[\s$€£¥]+$/g, '')
  if (/^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(digits)) return digits
  return /^-?[1-9]\d{0,2}(?:,\d{3})+\.\d+$/.test(digits) ? digits.replaceAll(',', '') : null
}

function typeFindings(
  values: JsonObject,
  path: string,
  types: Readonly<Record<string, ReservedType>>,
): Finding[] {
  const findings: Finding[] = []
  for (const key of Object.keys(values).slice(0, 1_000)) {
    if (key.length > 40) continue
    const squeezed = squeezedKey(key)
    const type = Object.hasOwn(types, squeezed) ? types[squeezed] : undefined
    const value = values[key]
    if (type === undefined || value === null || value === undefined || hasType(value, type)) continue
    findings.push({
      path: childPath(path, key),
      message: `\`${key}\` is ${typeName(value)}, not ${typeWords[type]}: ${shown(value)}`,
      reason: 'The Segment spec reserves this key, and tools read it as that type.',
      suggestion: betterValue(value, type),
    })
  }
  return findings
}

const typeWords: Record<ReservedType, string> = {
  text: 'text',
  number: 'a number',
  object: 'an object',
  date: 'a date',
  list: 'a list',
}

function hasType(value: unknown, type: ReservedType): boolean {
  switch (type) {
    case 'text':
      return typeof value === 'string'
    case 'number':
      return typeof value === 'number'
    case 'object':
      return isJsonObject(value)
    case 'list':
      return Array.isArray(value)
    case 'date':
      // Seconds and milliseconds are common; how a date is written is another rule's matter.
      return typeof value === 'string' || typeof value === 'number'
  }
}

function betterValue(value: unknown, type: ReservedType): string | null {
  if (type === 'text' && (typeof value === 'number' || typeof value === 'boolean'))
    return JSON.stringify(String(value))
  if (type === 'number' && typeof value === 'string') return numberInside(value)
  return null
}
