import type { ErrorObject } from 'ajv'
import { shown } from '../../../../shared/lint/metadata/value.ts'
import type { PlanViolation } from '../../../../shared/lint/plan/judge.ts'
import { nearest } from '../../../../shared/lint/plan/nearest.ts'
import { quoted } from '../../../../shared/lint/naming/name-text.ts'
import type { Format } from '../../../../shared/plan/plan.ts'

/** Values of a list that a sentence names. */
const namedValues = 5

const formatWords: Readonly<Record<Format, string>> = {
  'date-time': 'a date with time in ISO 8601',
  date: 'a date like 2026-01-31',
  time: 'a time in ISO 8601',
  duration: 'a duration in ISO 8601',
  email: 'an e-mail address',
  uri: 'a URI',
  uuid: 'a UUID',
  hostname: 'a host name',
  ipv4: 'an IPv4 address',
  ipv6: 'an IPv6 address',
}

const unlikely = 'This value has none of the forms that the plan permits'

/** A value of the right type that the plan does not permit. */
export function invalidValue(path: string, key: string, error: ErrorObject): PlanViolation {
  const value: unknown = error.data
  const say = (what: string, better: string | null = null): PlanViolation => ({
    kind: 'invalid-value',
    path,
    message: `${quoted(key)} ${what}`,
    better,
  })
  const params: Record<string, unknown> = error.params
  const limit = String(params['limit'])
  switch (error.keyword) {
    case 'enum': {
      const permitted: unknown[] = Array.isArray(params['allowedValues']) ? params['allowedValues'] : []
      return say(`is ${shown(value)}, none of the planned ${list(permitted)}`, meant(value, permitted))
    }
    case 'const':
      return say(
        `is ${shown(value)}, planned is ${shown(params['allowedValue'])}`,
        json(params['allowedValue']),
      )
    case 'format': {
      const format = String(params['format'])
      const words = Object.hasOwn(formatWords, format) ? formatWords[format as Format] : format
      return say(`is not ${words}: ${shown(value)}`)
    }
    case 'pattern':
      return say(`does not match the planned pattern ${shown(params['pattern'])}: ${shown(value)}`)
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum':
    case 'exclusiveMaximum':
      return say(`is ${shown(value)}, planned is ${String(params['comparison'])} ${limit}`)
    case 'multipleOf':
      return say(`is ${shown(value)}, planned is a multiple of ${String(params['multipleOf'])}`)
    case 'minLength':
    case 'maxLength':
      return say(
        `has too ${error.keyword === 'minLength' ? 'few' : 'many'} characters, planned are ${bound(error.keyword)} ${limit}`,
      )
    case 'minItems':
    case 'maxItems':
      return say(
        `has too ${error.keyword === 'minItems' ? 'few' : 'many'} elements, planned are ${bound(error.keyword)} ${limit}`,
      )
    case 'minProperties':
    case 'maxProperties':
      return say(
        `has too ${error.keyword === 'minProperties' ? 'few' : 'many'} properties, planned are ${bound(error.keyword)} ${limit}`,
      )
    case 'uniqueItems':
      return say('has an element twice')
    case 'anyOf':
    case 'oneOf':
      return { kind: 'invalid-value', path, message: `${unlikely}: ${shown(value)}`, better: null }
    default:
      return say(`${error.message ?? 'does not fit'}: ${shown(value)}`)
  }
}

const bound = (keyword: string): string => (keyword.startsWith('min') ? 'at least' : 'at most')

function list(values: readonly unknown[]): string {
  const named = values.slice(0, namedValues).map(shown).join(', ')
  return values.length > namedValues ? `${named} and ${values.length - namedValues} more` : named
}

/** The listed text that was probably meant, as JSON to paste. */
function meant(value: unknown, permitted: readonly unknown[]): string | null {
  if (typeof value !== 'string') return null
  const found = nearest(
    value,
    permitted.filter((one) => typeof one === 'string'),
  )
  return found === null ? null : JSON.stringify(found)
}

function json(value: unknown): string | null {
  const text = JSON.stringify(value)
  return text !== undefined && text.length <= 200 ? text : null
}
