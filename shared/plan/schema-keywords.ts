import { jsonTypes } from './plan.ts'

/** What may stand behind a keyword of JSON Schema, as far as it is checked here. */
export type KeywordKind =
  | 'schema'
  | 'schema or boolean'
  | 'schemas'
  | 'schema or schemas'
  | 'named schemas'
  | 'dependencies'
  | 'types'
  | 'texts'
  | 'named texts'
  | 'values'
  | 'text'
  | 'number'
  | 'count'
  | 'boolean'
  | 'any'

/** The keywords that say something about a value; all others are kept as they are and say nothing to the judge. */
export const keywordKinds: ReadonlyMap<string, KeywordKind> = new Map<string, KeywordKind>([
  ['type', 'types'],
  ['enum', 'values'],
  ['const', 'any'],
  ['title', 'text'],
  ['description', 'text'],
  ['format', 'text'],
  ['pattern', 'text'],
  ['minLength', 'count'],
  ['maxLength', 'count'],
  ['minimum', 'number'],
  ['maximum', 'number'],
  ['exclusiveMinimum', 'number'],
  ['exclusiveMaximum', 'number'],
  ['multipleOf', 'number'],
  ['properties', 'named schemas'],
  ['patternProperties', 'named schemas'],
  ['additionalProperties', 'schema or boolean'],
  ['unevaluatedProperties', 'schema or boolean'],
  ['propertyNames', 'schema'],
  ['required', 'texts'],
  ['minProperties', 'count'],
  ['maxProperties', 'count'],
  ['dependencies', 'dependencies'],
  ['dependentRequired', 'named texts'],
  ['dependentSchemas', 'named schemas'],
  ['items', 'schema or schemas'],
  ['prefixItems', 'schemas'],
  ['additionalItems', 'schema or boolean'],
  ['unevaluatedItems', 'schema or boolean'],
  ['contains', 'schema'],
  ['minContains', 'count'],
  ['maxContains', 'count'],
  ['minItems', 'count'],
  ['maxItems', 'count'],
  ['uniqueItems', 'boolean'],
  ['allOf', 'schemas'],
  ['anyOf', 'schemas'],
  ['oneOf', 'schemas'],
  ['not', 'schema'],
  ['if', 'schema'],
  ['then', 'schema'],
  ['else', 'schema'],
])

/** Names, anchors, places to refer to and comments: all references are resolved, so nothing needs them any more. */
export const isNaming = (keyword: string): boolean =>
  keyword.startsWith('$') || keyword === 'id' || keyword === 'definitions'

const listOf = (words: readonly string[]): string =>
  `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`

/** What is expected behind a keyword, as a sentence says it. */
export const expectations: Readonly<Record<KeywordKind, string>> = {
  schema: 'a JSON Schema: an object, true or false',
  'schema or boolean': 'a JSON Schema: an object, true or false',
  schemas: 'a list of JSON Schemas',
  'schema or schemas': 'a JSON Schema or a list of them',
  'named schemas': 'an object with a JSON Schema behind each key',
  dependencies: 'an object with a JSON Schema or a list of keys behind each key',
  types: `${listOf(jsonTypes)}, or a list of these`,
  texts: 'a list of texts',
  'named texts': 'an object with a list of texts behind each key',
  values: 'a list of at least one value',
  text: 'a text',
  number: 'a number',
  count: 'a whole number from 0 up',
  boolean: 'true or false',
  any: 'a value',
}
