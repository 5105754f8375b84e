import type { ErrorObject } from 'ajv'
import { isJsonObject } from '../../../../shared/normalise.ts'
import { childPath } from '../../../../shared/lint/metadata/value.ts'
import { nearest } from '../../../../shared/lint/plan/nearest.ts'
import type { PlanViolation } from '../../../../shared/lint/plan/judge.ts'
import { jsonTypes } from '../../../../shared/plan/plan.ts'
import type { JsonType } from '../../../../shared/plan/plan.ts'
import { typesOf } from '../../../../shared/plan/property-table.ts'
import { inType, typeWords } from './types-in-words.ts'
import { invalidValue } from './value-in-words.ts'

/** Keywords whose inner errors only say why none of their ways leads on. */
const choices = new Set(['anyOf', 'oneOf', 'not', 'contains', 'propertyNames'])

/** What a validator finds in the properties of a call, in the words of the rules. */
export function violationsIn(properties: unknown, errors: readonly ErrorObject[]): PlanViolation[] {
  const chosen = errors.filter(({ keyword }) => choices.has(keyword))
  const isInside = (error: ErrorObject): boolean =>
    chosen.some(
      (choice) =>
        choice !== error &&
        error.schemaPath.startsWith(`${choice.schemaPath}/`) &&
        error.instancePath.startsWith(choice.instancePath),
    )
  return errors.flatMap((error) =>
    error.keyword === 'if' || isInside(error) ? [] : [violation(properties, error, errors)],
  )
}

function violation(properties: unknown, error: ErrorObject, errors: readonly ErrorObject[]): PlanViolation {
  const { path, key } = placeOf(properties, error.instancePath)
  const params: Record<string, unknown> = error.params
  switch (error.keyword) {
    case 'required': {
      const missing = String(params['missingProperty'])
      return {
        kind: 'missing-property',
        path: childPath(path, missing),
        key: missing,
        expected: planned(error, missing),
      }
    }
    case 'additionalProperties':
    case 'unevaluatedProperties':
    case 'propertyNames': {
      const extra = String(
        params['additionalProperty'] ?? params['unevaluatedProperty'] ?? params['propertyName'],
      )
      const absent = plannedKeys(error).filter(
        (known) => !(isJsonObject(error.data) && Object.hasOwn(error.data, known)),
      )
      return {
        kind: 'unplanned-property',
        path: childPath(path, extra),
        key: extra,
        nearest: nearest(extra, absent),
      }
    }
    case 'type':
      return wrongType(path, key, [params['type']].flat(), error.data)
    case 'anyOf':
    case 'oneOf': {
      const inner = errors.filter(
        (one) =>
          one !== error &&
          one.schemaPath.startsWith(`${error.schemaPath}/`) &&
          one.instancePath === error.instancePath,
      )
      const types = inner.flatMap((one) => (one.keyword === 'type' ? [one.params['type']].flat() : []))
      if (inner.length > 0 && inner.every(({ keyword }) => keyword === 'type'))
        return wrongType(path, key, types, error.data)
      return invalidValue(path, key, error)
    }
    default:
      return invalidValue(path, key, error)
  }
}

function wrongType(path: string, key: string, named: readonly unknown[], value: unknown): PlanViolation {
  const types = jsonTypes.filter((known) => named.includes(known))
  return { kind: 'wrong-type', path, key, expected: typeWords(types), value, better: inType(value, types) }
}

/** What is planned for the property that is missing. */
function planned({ parentSchema }: ErrorObject, key: string): string {
  const properties: unknown = parentSchema?.['properties']
  const schema: unknown =
    isJsonObject(properties) && Object.hasOwn(properties, key) ? properties[key] : undefined
  const types: JsonType[] = isJsonObject(schema) ? typesOf(schema) : []
  return types.length === 0 ? 'it' : typeWords(types)
}

function plannedKeys({ parentSchema }: ErrorObject): string[] {
  const properties: unknown = parentSchema?.['properties']
  return isJsonObject(properties) ? Object.keys(properties) : []
}

/** `/products/0/sku` as the call's own path, and the key that the value stands under. */
function placeOf(properties: unknown, pointer: string): { path: string; key: string } {
  let path = 'properties'
  let key = 'properties'
  let value = properties
  for (const step of pointer.split('/').slice(1)) {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~')
    if (Array.isArray(value)) {
      path = `${path}[${name}]`
      value = value[Number(name)] as unknown
    } else {
      path = childPath(path, name)
      key = name
      value = isJsonObject(value) ? value[name] : undefined
    }
  }
  return { path, key }
}
