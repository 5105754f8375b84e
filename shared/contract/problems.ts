import { z } from 'zod'
import { severities } from '../event.ts'
import { problemSchema } from './event.ts'
import { trendBars } from '../trend.ts'
import { nextCursor, pageInput } from './schemas.ts'

/** One kind of problem at one name: what the Problems view lists. */
export const problemGroup = z.object({
  rule: z.string(),
  severity: z.enum(severities),
  name: z.string().nullable().describe('The event name; null for calls without one'),
  type: z.string().nullable(),
  events: z.number().int(),
  firstEventId: z.number().int(),
  firstSeenAt: z.string(),
  lastEventId: z.number().int(),
  lastSeenAt: z.string(),
  source: z.string().nullable().describe('The one that this group is of; null where it is of all sources'),
  sources: z.array(z.string()).describe('The most frequent first, 20 at most'),
  trend: z
    .array(z.number().int())
    .describe(`Events in each of ${trendBars} equal parts of the page’s span of time`),
  example: problemSchema.describe('What the rule said about the latest of them'),
})
export type ProblemGroup = z.infer<typeof problemGroup>

export const problemListInput = pageInput.extend({
  query: z.string().default(''),
  severity: z.enum(severities).optional().describe('Only groups as bad as this'),
  source: z.string().optional().describe('Only what this write key has sent; empty for calls without one'),
  from: z.iso.datetime({ offset: true }).optional().describe('Only events that were received since'),
  bySource: z
    .stringbool()
    .or(z.boolean())
    .default(false)
    .describe('A group for each source that has the problem, instead of one for all of them'),
})

export const problemPage = z.object({
  problems: z.array(problemGroup),
  nextCursor,
  counts: z
    .object({ error: z.number().int(), warning: z.number().int(), info: z.number().int() })
    .describe('How many groups there are of each severity, whichever of them is listed'),
  span: z.object({ from: z.string(), to: z.string() }).describe('The time that the trends cover'),
})
export type ProblemPage = z.infer<typeof problemPage>
