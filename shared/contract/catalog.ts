import { z } from 'zod'
import { severities } from '../event.ts'
import { problemSchema } from './event.ts'
import { trendBars } from '../trend.ts'
import { nextCursor, pageInput } from './schemas.ts'

export const trendSpans = ['hour', 'day', 'all'] as const
export type TrendSpan = (typeof trendSpans)[number]

const yes = z.stringbool().or(z.boolean()).default(false)
const trendInput = z.object({
  trend: z
    .enum(trendSpans)
    .default('all')
    .describe('The time of the trends up to the latest event: an hour, a day, or all since the first one'),
})

export const catalogName = z.object({
  name: z.string(),
  events: z.number().int(),
  firstSeenAt: z.string(),
  lastSeenAt: z.string(),
  sources: z.array(z.string()).describe('The most frequent first, 20 at most'),
  problems: z.number().int(),
  worst: z.enum(severities).nullable(),
  suggestion: z.string().nullable().describe('The name it should have had'),
  lookAlikes: z
    .number()
    .int()
    .describe('How many other names differ by case, spacing, tense, plural or one letter'),
  survivor: z.string().nullable().describe('Of a name and its look-alikes, the one to keep'),
  trend: z
    .array(z.number().int())
    .describe(`Events in each of ${trendBars} equal parts of the time that was asked for`),
})
export type CatalogName = z.infer<typeof catalogName>

export const catalogListInput = pageInput.extend({
  search: z.string().default(''),
  order: z
    .enum(['events', 'lastSeen', 'name'])
    .default('events')
    .describe('The most frequent first, the latest first, or A to Z'),
  source: z.string().optional().describe('Only names that this write key has sent'),
  withProblems: yes.describe('Only names with problems'),
  withLookAlikes: yes.describe('Only names that look like others'),
  ...trendInput.shape,
})
export type CatalogListChoice = z.infer<typeof catalogListInput>
export type CatalogOrder = CatalogListChoice['order']

const span = z.object({ from: z.string(), to: z.string() })
export const catalogPage = z.object({
  names: z.array(catalogName),
  nextCursor,
  total: z.number().int().describe('How many names match, on all pages'),
  span: span.describe('The time that the trends cover'),
})
export type CatalogPage = z.infer<typeof catalogPage>

const sighting = z.object({ eventId: z.number().int(), receivedAt: z.string() })
export type Sighting = z.infer<typeof sighting>
export const propertyType = z.object({
  type: z.string().describe('string, number, boolean, null, object, array'),
  events: z.number().int(),
  first: sighting.describe('The event in which this type first stood there'),
  last: sighting,
  example: z.string().describe('A value as JSON text, in short'),
})
export type PropertyType = z.infer<typeof propertyType>
export const propertyValue = z.object({
  value: z.union([z.string(), z.number(), z.boolean()]),
  events: z.number().int(),
})
export const catalogProperty = z.object({
  path: z.string().describe('A dot goes into an object, [] into a list'),
  events: z.number().int().describe('How many events of this name have it'),
  types: z.array(propertyType).describe('The most frequent first'),
  example: z.string().nullable().describe('A value as JSON text'),
  values: z
    .array(propertyValue)
    .nullable()
    .describe(
      'All values that it has had, the most frequent first; null where they are many, long or personal',
    ),
  isPersonal: z.boolean().describe('Its values are about a person, or secret: they are not listed'),
})
export type CatalogProperty = z.infer<typeof catalogProperty>

export const lookAlike = z.object({
  name: z.string(),
  events: z.number().int(),
  isClean: z.boolean().describe('Whether no rule finds anything in the name alone'),
})
export type LookAlike = z.infer<typeof lookAlike>

export const catalogDetailInput = z.object({ name: z.string(), ...trendInput.shape })
export const catalogDetail = catalogName.extend({
  span: span.describe('The time that the trend covers'),
  bySource: z
    .array(z.object({ source: z.string(), events: z.number().int() }))
    .describe('Events of each write key, 20 of them at most'),
  lookAlikeNames: z.array(lookAlike).describe('The most frequent first, 20 at most'),
  properties: z.array(catalogProperty),
  nameProblems: z.array(problemSchema),
  examples: z.array(z.number().int()).describe('Ids of the latest events of this name'),
})
export type CatalogDetail = z.infer<typeof catalogDetail>
