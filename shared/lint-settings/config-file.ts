import type { z } from 'zod'
import { readBrokenJson } from '../broken-json.ts'
import { configFileSchema, lintLimits } from '../contract/lint.ts'
import type { ConfigMistake, LintSettings } from '../contract/lint.ts'
import { lineAndColumn, placeAt, placesIn } from '../json-places.ts'
import type { JsonPlace } from '../json-places.ts'
import { rules } from '../lint/rules.ts'
import { nearest } from '../nearest.ts'
import { currencies } from '../spec/currencies.ts'

/** What a team keeps in its repository, beside the code that sends the events. */
export const configFileName = 'trackside.json'

/** Characters: a longer file is not read at all. */
export const configFileLimit = 1_000_000

export type ConfigFileReading =
  | { settings: LintSettings; /** As it stands in the file. */ plan: string | null }
  | { mistake: ConfigMistake }

const ruleIds = rules.map(({ id }) => id)
const settingNames = Object.keys(configFileSchema.shape)

interface Slip {
  at: number
  message: string
}

/** Reads a `trackside.json`: all of it, or none of it and the first mistake with its place. */
export function readConfigFile(text: string): ConfigFileReading {
  if (text.length > configFileLimit) {
    const message = `It is longer than ${configFileLimit.toLocaleString('en')} characters.`
    return { mistake: { message, line: null, column: null } }
  }
  const broken = readBrokenJson(text)
  if (broken !== null) return { mistake: mistakeAt(text, { at: broken.at, message: broken.reason }) }
  const { root, keys } = placesIn(text)
  const odd = keys.find(({ key, isRepeated }) => isRepeated || key === '__proto__')
  if (odd !== undefined) {
    const message = odd.isRepeated
      ? `${quoted(odd.key)} stands here a second time, and only one of them can count`
      : `nothing can be called ${quoted(odd.key)}`
    return { mistake: mistakeAt(text, { at: odd.at, message }) }
  }
  const value: unknown = JSON.parse(text)
  const { success, data, error } = configFileSchema.safeParse(value)
  if (success) {
    const { $schema: _forEditors, plan = null, ...settings } = data
    return { settings, plan }
  }
  const [first] = error.issues
    .flatMap((issue) => slipsOf(issue, value, root))
    .toSorted((left, right) => left.at - right.at)
  return { mistake: mistakeAt(text, first ?? { at: 0, message: 'it can’t be understood' }) }
}

function mistakeAt(text: string, { at, message }: Slip): ConfigMistake {
  return { message: asSentence(message), ...lineAndColumn(text, at) }
}

function slipsOf(issue: z.core.$ZodIssue, value: unknown, root: JsonPlace): Slip[] {
  const { path } = issue
  const place = placeAt(root, path)
  const expected = (what: string): Slip[] => [{ at: place.at, message: `${subject(path)} must be ${what}` }]
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        at: placeAt(root, [...path, key]).keyAt,
        message: unknownKey(path, key),
      }))
    case 'invalid_type':
      return expected(kinds[issue.expected] ?? issue.expected)
    case 'invalid_value':
      return expected(
        `${oneOf(issue.values.map(String))}${meant(valueAt(value, path), issue.values.map(String))}`,
      )
    case 'too_small':
      return expected('a text that is not empty')
    case 'too_big':
      return expected(
        `${issue.origin === 'array' ? 'a list of' : 'a text of'} at most ${count(issue.maximum)} ${issue.origin === 'array' ? 'entries' : 'characters'}`,
      )
    case 'invalid_key':
      return [
        {
          at: place.keyAt,
          message: `the name of an event has at most ${count(lintLimits.nameCharacters)} characters`,
        },
      ]
    default:
      return path[0] === 'currency'
        ? expected(
            `the code of a currency in capitals, as ISO 4217 has it${meant(valueAt(value, path), [...currencies])}`,
          )
        : expected(`a list of at most ${count(lintLimits.names)} names`)
  }
}

/** What zod calls them, in a person's words. */
const kinds: Readonly<Record<string, string>> = {
  object: 'an object: { … }',
  record: 'an object: { … }',
  array: 'a list: [ … ]',
  string: 'a text in double quotes',
}

function unknownKey(path: readonly PropertyKey[], key: string): string {
  if (path.length === 0) return `there is no setting ${quoted(key)}${meant(key, settingNames)}`
  const [, rulePart = key] = key.split('/')
  const near = ruleIds.find((id) => id.endsWith(`/${rulePart}`)) ?? nearest(key, ruleIds)
  return `there is no rule ${quoted(key)}${suggestion(near)}`
}

/** What the value is, by the last steps that lead to it. */
function subject(path: readonly PropertyKey[]): string {
  const last = path.at(-1)
  if (last === undefined) return 'the file'
  return typeof last === 'number'
    ? `entry ${last + 1} of ${quoted(String(path.at(-2)))}`
    : quoted(String(last))
}

const asSentence = (text: string): string =>
  `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith('?') ? '' : '.'}`
const quoted = (text: string): string => `“${text.length > 60 ? `${text.slice(0, 60)}…` : text}”`
const count = (number: number | bigint): string => number.toLocaleString('en')
const oneOf = (words: readonly string[]): string =>
  `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`
const suggestion = (near: string | null): string => (near === null ? '' : `; did you mean ${quoted(near)}?`)

function meant(found: unknown, known: readonly string[]): string {
  return typeof found === 'string' ? suggestion(nearest(found, known)) : ''
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let found = value
  for (const step of path) {
    if (typeof found !== 'object' || found === null) return undefined
    found = Object.getOwnPropertyDescriptor(found, step)?.value
  }
  return found
}
