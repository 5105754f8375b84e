import { embeddedJson } from '../../../../shared/lint/metadata/embedded-json.ts'
import type { JsonType } from '../../../../shared/plan/plan.ts'

const words: Readonly<Record<JsonType, string>> = {
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
  null: 'null',
}

/** “a number or null” */
export function typeWords(types: readonly JsonType[]): string {
  return types.map((type) => words[type]).join(' or ')
}

/** The value written in one of the types, as JSON to paste; null where that would be a guess. */
export function inType(value: unknown, types: readonly JsonType[]): string | null {
  for (const type of types) {
    const written = converted(value, type)
    if (written !== null) return written
  }
  return null
}

function converted(value: unknown, type: JsonType): string | null {
  switch (type) {
    case 'string':
      return typeof value === 'number' || typeof value === 'boolean' ? JSON.stringify(String(value)) : null
    case 'number':
      return typeof value === 'string' && /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?$/.test(value.trim())
        ? value.trim()
        : null
    case 'integer':
      return typeof value === 'string' && /^-?(?:0|[1-9]\d{0,14})$/.test(value.trim()) ? value.trim() : null
    case 'boolean':
      if (value === 'true' || value === 1 || value === '1') return 'true'
      return value === 'false' || value === 0 || value === '0' ? 'false' : null
    case 'object':
      return embedded(value, '{')
    case 'array':
      return embedded(value, '[') ?? (isScalar(value) ? JSON.stringify([value]) : null)
    case 'null':
      return value === '' || value === 'null' ? 'null' : null
  }
}

function embedded(value: unknown, begin: string): string | null {
  const json = typeof value === 'string' ? embeddedJson(value) : null
  return json?.startsWith(begin) === true ? json : null
}

/** What is short enough to be pasted in brackets. */
function isScalar(value: unknown): boolean {
  return (
    typeof value === 'number' ||
    typeof value === 'boolean' ||
    (typeof value === 'string' && value.length <= 100)
  )
}
