import type { JsonObject } from '../event.ts'

/** A tracking plan: what a team has agreed to send. */
export interface Plan {
  name: string
  events: PlannedEvent[]
}

/** An event of the plan: the name of a track call, and what its metadata must be. */
export interface PlannedEvent {
  name: string
  description: string
  /** The JSON Schema of its properties, as `readSchema` gives it: no references, nothing that is not checked. */
  schema: JsonObject
}

/** More events than this are no plan that anybody keeps. */
export const eventLimit = 2_000
/** Characters of a plan as JSON: all of it crosses the line to the page. */
export const planLength = 2_000_000

/** The version of JSON Schema that an event's schema is written in. */
export type Dialect = 'draft-07' | '2020-12'

export const dialectUrls: Readonly<Record<Dialect, string>> = {
  'draft-07': 'http://json-schema.org/draft-07/schema#',
  '2020-12': 'https://json-schema.org/draft/2020-12/schema',
}

/** Draft-07 unless it says otherwise: that is what the plans of Segment and RudderStack are written in. */
export function dialectOf(schema: JsonObject): Dialect {
  return schema['$schema'] === dialectUrls['2020-12'] ? '2020-12' : 'draft-07'
}

export const jsonTypes = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'] as const
export type JsonType = (typeof jsonTypes)[number]

/** Formats that are checked; a plan may name others, which say something to its readers alone. */
export const formats = [
  'date-time',
  'date',
  'time',
  'duration',
  'email',
  'uri',
  'uuid',
  'hostname',
  'ipv4',
  'ipv6',
] as const
export type Format = (typeof formats)[number]
