import { oc } from '@orpc/contract'
import { z } from 'zod'
import { jsonObject } from './event.ts'
import { exportFormats } from '../plan/export/formats.ts'
import { importFormats } from '../plan/import/formats.ts'
import { eventLimit, planLength } from '../plan/plan.ts'

const plannedEvent = z.strictObject({
  name: z.string().min(1).max(1_000).describe('The name of the track call'),
  description: z.string().default(''),
  schema: jsonObject.describe('The JSON Schema of its properties, draft-07 or 2020-12'),
})
/** As it is kept and given out: references are resolved. */
export const planSchema = z.strictObject({
  name: z.string().min(1).max(1_000).default('Tracking plan'),
  events: z.array(plannedEvent).min(1).max(eventLimit),
})
export const planState = z.object({
  plan: planSchema.nullable(),
  changedAt: z.string().nullable(),
  file: z
    .object({
      path: z.string(),
      trouble: z
        .string()
        .nullable()
        .describe('Why what it says now is not in force; what it said last is, or else the plan kept here'),
    })
    .nullable()
    .describe('The file that trackside.json names: the plan is kept there, and can’t be changed here'),
})
export type PlanState = z.infer<typeof planState>

const kind = z.enum(['added', 'removed', 'changed'])
const eventChange = z.object({
  name: z.string(),
  kind,
  hasNewDescription: z.boolean(),
  properties: z.array(
    z.object({ path: z.string(), kind, what: z.array(z.string()).describe('What of it changes, in words') }),
  ),
})
const changes = z.array(eventChange).describe('What becomes of the plan, event by event')

const dryRun = z.boolean().default(false).describe('Only tells what would become of the plan')
const importInput = z.object({
  text: z.string().max(4 * planLength),
  file: z
    .string()
    .max(1_000)
    .default('the plan')
    .describe('What an error calls it; its ending tells the format'),
  format: z.enum(['auto', ...importFormats]).default('auto'),
  keep: z.boolean().default(false).describe('Events of the plan that the text does not name stay'),
  dryRun,
})
export const importedPlan = z.object({
  format: z.enum(importFormats),
  notes: z.array(z.string()).describe('What was left out'),
  plan: planSchema,
  changes,
})
export type ImportedPlanAnswer = z.infer<typeof importedPlan>

const query = z.string().default('').describe('Only the events that match it')
const lookAlikeLeftOut = z.object({
  name: z.string(),
  events: z.number().int(),
  taken: z.string().describe('The name that is taken in its place'),
  reason: z
    .enum(['planned', 'more-events', 'better-name', 'earlier'])
    .describe(
      'Why: it is planned, it has more events, the rules find nothing wrong with it, or it came first',
    ),
})
export type LookAlikeLeftOut = z.infer<typeof lookAlikeLeftOut>
export const draftedPlan = z.object({
  plan: planSchema.nullable().describe('Null where there is nothing to draw it up from'),
  events: z.number().int().describe('How many events it was drawn up from: the latest of each name'),
  leftOut: z.array(z.string()).describe('Names that no plan should have'),
  lookAlikes: z
    .array(lookAlikeLeftOut)
    .describe('Names that are left out because they look like one that is taken'),
  changes,
})
export type DraftedPlan = z.infer<typeof draftedPlan>

export const exportedPlan = z.object({ fileName: z.string(), mediaType: z.string(), content: z.string() })

const seenEvent = z.object({
  name: z.string(),
  events: z.number().int(),
  problems: z.number().int().describe('What the plan’s rules have found in them'),
  lastSeenAt: z.string().nullable(),
})
export type SeenEvent = z.infer<typeof seenEvent>
export const planCoverage = z.object({
  planned: z.array(seenEvent).describe('In the order of the plan'),
  unplanned: z.number().int().describe('How many names have come that are not planned'),
})
export type PlanCoverage = z.infer<typeof planCoverage>

/** The tracking plan: procedures of the contract. */
export const planContract = {
  get: oc.route({ method: 'GET', path: '/plan' }).output(planState),
  put: oc
    .route({ method: 'PUT', path: '/plan', summary: 'Replaces the plan; the past is judged anew' })
    .input(planSchema)
    .output(planState),
  remove: oc.route({ method: 'DELETE', path: '/plan' }).output(z.object({})),
  import: oc
    .route({
      method: 'POST',
      path: '/plan/import',
      summary: 'From Segment, RudderStack, a table, or JSON Schema',
    })
    .input(importInput)
    .output(importedPlan),
  export: oc
    .route({ method: 'GET', path: '/plan/export' })
    .input(z.object({ format: z.enum(exportFormats).default('json-schema') }))
    .output(exportedPlan),
  draft: oc
    .route({ method: 'POST', path: '/plan/draft', summary: 'Draws a plan up from what was captured' })
    .input(
      z.object({
        query,
        keep: z.boolean().default(true).describe('What is planned already stays as it is'),
        dryRun,
      }),
    )
    .output(draftedPlan),
  coverage: oc
    .route({
      method: 'GET',
      path: '/plan/coverage',
      summary: 'Which planned events have come, and how often',
    })
    .input(z.object({ query }))
    .output(planCoverage),
  expected: oc
    .route({ method: 'GET', path: '/plan/expected', summary: 'Which planned events have not come' })
    .input(z.object({ query }))
    .output(z.object({ expected: z.array(z.string()), seen: z.number().int() })),
}
