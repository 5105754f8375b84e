import { createRequire } from 'node:module'
import type * as draft7 from 'ajv'
import type { Ajv, ErrorObject, Options, ValidateFunction } from 'ajv'
import type * as draft2020 from 'ajv/dist/2020.js'
import type * as ajvFormats from 'ajv-formats'
import type { JsonObject } from '../../../../shared/event.ts'
import { isJsonObject } from '../../../../shared/normalise.ts'
import { dialectOf, formats } from '../../../../shared/plan/plan.ts'
import type { Dialect, PlannedEvent } from '../../../../shared/plan/plan.ts'
import { SafePattern } from './safe-pattern.ts'

const require = createRequire(import.meta.url)

/** The validator takes 13 MB in each thread that has it: it is loaded once there is a schema to compile. */
function validator() {
  const { Ajv } = require('ajv') as typeof draft7
  const { Ajv2020 } = require('ajv/dist/2020.js') as typeof draft2020
  const { default: formats } = require('ajv-formats') as typeof ajvFormats
  return { Ajv, Ajv2020, formats }
}

/** A value that is longer has the format that is asked for. Characters. */
const judgedLength = 4_000
/** Schemas that are kept compiled; the one used least lately makes room. */
const compiledLimit = 500

export interface SchemaFault {
  /** Keys that lead from the schema to what is wrong. */
  steps: string[]
  reason: string
}

/** The schemas of a plan, each compiled when the first event of its name comes. */
export class Validators {
  readonly #events: ReadonlyMap<string, PlannedEvent>
  readonly #compiled = new Map<string, ValidateFunction>()
  readonly #compilers: Partial<Record<Dialect, Ajv>> = {}

  constructor(events: readonly PlannedEvent[]) {
    this.#events = new Map(events.map((event) => [event.name, event]))
  }

  /** Why the schema of this event is none to judge by, and where in it; null where it is. */
  faultOf(name: string): SchemaFault | null {
    const event = this.#events.get(name)
    if (event === undefined) return null
    const compiler = this.#compilerFor(event.schema)
    if (compiler.validateSchema(event.schema) !== true) {
      return deepestOf(compiler.errors ?? [])
    }
    try {
      this.#compile(event.schema)
      return null
    } catch (error) {
      return { steps: [], reason: error instanceof Error ? error.message : String(error) }
    }
  }

  /** undefined for a name that is not planned. A schema that can't be compiled finds nothing wrong. */
  of(name: string): ValidateFunction | undefined {
    const event = this.#events.get(name)
    if (event === undefined) return undefined
    const known = this.#compiled.get(name)
    const validate = known ?? this.#compiledOrEmpty(event.schema)
    this.#compiled.delete(name)
    this.#compiled.set(name, validate)
    if (this.#compiled.size > compiledLimit) {
      const [oldest] = this.#compiled.keys()
      if (oldest !== undefined) this.#forget(oldest)
    }
    return validate
  }

  /** `faultOf` has told what is wrong with it; to try again at each event would be slow and help nobody. */
  #compiledOrEmpty(schema: JsonObject): ValidateFunction {
    try {
      return this.#compile(schema)
    } catch {
      return this.#compile({})
    }
  }

  #compile(schema: JsonObject): ValidateFunction {
    return this.#compilerFor(schema).compile(closed(schema))
  }

  #compilerFor(schema: JsonObject): Ajv {
    const dialect = dialectOf(schema)
    return (this.#compilers[dialect] ??= compilerOf(dialect))
  }

  #forget(name: string): void {
    const validate = this.#compiled.get(name)
    this.#compiled.delete(name)
    if (validate === undefined) return
    for (const compiler of Object.values(this.#compilers)) compiler.removeSchema(validate.schema)
  }
}

/** Of alternatives none of which fits, the one that fits furthest is told. */
function deepestOf(errors: readonly ErrorObject[]): SchemaFault {
  const faults = errors.map(({ instancePath, message = 'is not what it must be' }) => ({
    steps: stepsOf(instancePath),
    reason: message,
  }))
  return faults.reduce((best, fault) => (fault.steps.length > best.steps.length ? fault : best))
}

/** The steps of a JSON pointer. */
function stepsOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
}

type KnownFormat = ReturnType<ReturnType<typeof validator>['formats']['get']>

function compilerOf(dialect: Dialect): Ajv {
  const options: Options = {
    allErrors: true,
    // Else a property that is called "constructor" would always be there.
    ownProperties: true,
    verbose: true,
    strict: false,
    // What was read by `readSchema` is well formed.
    validateSchema: false,
    logger: false,
    messages: true,
    code: { regExp: Object.assign((source: string) => new SafePattern(source), { code: 'SafePattern' }) },
  }
  const { Ajv, Ajv2020, formats: knownFormats } = validator()
  const compiler = dialect === '2020-12' ? new Ajv2020(options) : new Ajv(options)
  for (const format of formats) {
    const known = knownFormats.get(format)
    compiler.addFormat(format, (text: string) => text.length > judgedLength || has(known, text))
  }
  // The validator's own compares each element with each other one.
  compiler.removeKeyword('uniqueItems')
  compiler.addKeyword({
    keyword: 'uniqueItems',
    type: 'array',
    schemaType: 'boolean',
    error: { message: 'must not have the same value twice' },
    validate: (isWanted: boolean, list: unknown[]) =>
      !isWanted || new Set(list.map((element) => JSON.stringify(element))).size === list.length,
  })
  return compiler
}

function has(format: KnownFormat, text: string): boolean {
  if (typeof format === 'boolean') return format
  if (format instanceof RegExp) return format.test(text)
  if (typeof format === 'function') return format(text) === true
  if (typeof format === 'string') return new RegExp(format).test(text)
  const { validate } = format
  if (validate instanceof RegExp) return validate.test(text)
  return typeof validate === 'function' ? Reflect.apply(validate, undefined, [text]) === true : true
}

/** With one of these, an object's properties are not all in one place. */
const opening = [
  'additionalProperties',
  'unevaluatedProperties',
  'patternProperties',
  'propertyNames',
  'allOf',
  'anyOf',
  'oneOf',
  'if',
  'not',
  'dependencies',
  'dependentSchemas',
]

/** A plan that lists the properties of an object means these, and no others, unless it says so. */
function closed(schema: JsonObject): JsonObject {
  const { properties, items } = schema
  const isClosed = isJsonObject(properties) && !opening.some((keyword) => keyword in schema)
  return {
    ...schema,
    ...(isJsonObject(properties)
      ? {
          properties: Object.fromEntries(
            Object.entries(properties).map(([key, child]) => [
              key,
              isJsonObject(child) ? closed(child) : child,
            ]),
          ),
        }
      : {}),
    ...(isJsonObject(items) ? { items: closed(items) } : {}),
    ...(isClosed ? { additionalProperties: false } : {}),
  }
}
