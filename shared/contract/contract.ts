import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { eventDetailSchema, eventSchema, problemSchema } from './event.ts'
import { catalogDetail, catalogDetailInput, catalogListInput, catalogPage } from './catalog.ts'
import { lintConfigOutput, lintRulesOutput } from './lint.ts'
import {
  accountDetail,
  accountSchema,
  activityOutput,
  destinationChange,
  destinationInput,
  destinationSchema,
  eventListInput,
  eventPage,
  histogramInput,
  histogramOutput,
  nextCursor,
  outcomeSchema,
  pageInput,
  presetSchema,
  pulseSchema,
  replayDetail,
  replayOptions,
  replayPlan,
  replaySchema,
  statusSchema,
  userDetail,
  userSchema,
  waitInput,
  waitOutput,
} from './schemas.ts'
import { planContract } from './plan.ts'
import { problemListInput, problemPage } from './problems.ts'
import { settingsChange, settingsSchema } from './settings.ts'

const query = z.string().default('').describe('The query language: event:"Invoice Sent" has:problem since:5m')
const textId = z.object({ id: z.string().min(1) })
const numberId = z.object({ id: z.coerce.number().int() })
const timelineInput = textId.extend(eventListInput.shape)
const searchInput = pageInput.extend({ search: z.string().default('') })

/**
 * The one place where page, command, scripts and engine meet. The page speaks it over a WebSocket, scripts as
 * REST under /api/v1; openapi.json is made from it. Errors are those of `errors.ts`.
 */
export const contract = {
  status: oc.route({ method: 'GET', path: '/status' }).output(statusSchema),
  pulse: oc
    .route({
      method: 'GET',
      path: '/pulse',
      summary: 'A heartbeat whenever the log, analysis or a replay moves',
    })
    .output(eventIterator(pulseSchema)),
  capture: {
    authority: oc
      .route({
        method: 'GET',
        path: '/capture/ca',
        summary: 'The certificate to trust for capture over https',
      })
      .output(z.object({ pem: z.string() })),
    activity: oc
      .route({
        method: 'GET',
        path: '/capture/activity',
        summary: 'What reached capture lately and is no accepted call: why a call may be missing',
      })
      .input(
        z.object({
          since: z.iso.datetime({ offset: true }).optional().describe('Only what came at this time or later'),
        }),
      )
      .output(activityOutput),
  },
  events: {
    list: oc.route({ method: 'GET', path: '/events' }).input(eventListInput).output(eventPage),
    get: oc.route({ method: 'GET', path: '/events/{id}' }).input(numberId).output(eventDetailSchema),
    delete: oc
      .route({ method: 'DELETE', path: '/events', inputStructure: 'detailed' })
      // Strict: with its key misspelt, a query would be none, and none deletes everything.
      .input(z.object({ query: z.strictObject({ query }) }))
      .output(z.object({ deleted: z.number().int() })),
    wait: oc.route({ method: 'POST', path: '/wait' }).input(waitInput).output(waitOutput),
    stream: oc
      .route({ method: 'GET', path: '/stream', summary: 'Server-sent events; resumes from Last-Event-ID' })
      .input(
        z.object({ query, after: z.coerce.number().int().optional().describe('Begin behind this event id') }),
      )
      .output(eventIterator(eventSchema)),
    histogram: oc.route({ method: 'GET', path: '/histogram' }).input(histogramInput).output(histogramOutput),
    completions: oc
      .route({
        method: 'GET',
        path: '/completions',
        summary: 'Values that a key of the query language has had',
      })
      .input(z.object({ key: z.string(), prefix: z.string().default('') }))
      .output(z.object({ values: z.array(z.object({ value: z.string(), detail: z.string().nullable() })) })),
  },
  users: {
    list: oc
      .route({ method: 'GET', path: '/users' })
      .input(searchInput)
      .output(z.object({ users: z.array(userSchema), nextCursor })),
    get: oc.route({ method: 'GET', path: '/users/{id}' }).input(textId).output(userDetail),
    timeline: oc
      .route({ method: 'GET', path: '/users/{id}/timeline' })
      .input(timelineInput)
      .output(eventPage),
  },
  accounts: {
    list: oc
      .route({ method: 'GET', path: '/accounts' })
      .input(searchInput)
      .output(z.object({ accounts: z.array(accountSchema), nextCursor })),
    get: oc.route({ method: 'GET', path: '/accounts/{id}' }).input(textId).output(accountDetail),
    timeline: oc
      .route({ method: 'GET', path: '/accounts/{id}/timeline' })
      .input(timelineInput)
      .output(eventPage),
  },
  catalog: {
    list: oc.route({ method: 'GET', path: '/catalog' }).input(catalogListInput).output(catalogPage),
    get: oc.route({ method: 'GET', path: '/catalog/{name}' }).input(catalogDetailInput).output(catalogDetail),
  },
  problems: {
    list: oc.route({ method: 'GET', path: '/problems' }).input(problemListInput).output(problemPage),
  },
  lint: {
    name: oc
      .route({ method: 'POST', path: '/lint/name', summary: 'Judges a name alone' })
      .input(z.object({ name: z.string().max(1_000_000) }))
      .output(z.object({ problems: z.array(problemSchema) })),
    rules: oc
      .route({
        method: 'GET',
        path: '/lint/rules',
        summary: 'Every rule, what it finds, and the severity that is in force',
      })
      .output(lintRulesOutput),
    config: oc
      .route({
        method: 'GET',
        path: '/lint/config',
        summary: 'What is agreed on about rules and names, and where each part of it comes from',
      })
      .output(lintConfigOutput),
  },
  plan: planContract,
  destinations: {
    list: oc
      .route({ method: 'GET', path: '/destinations' })
      .output(z.object({ destinations: z.array(destinationSchema), nextCursor })),
    create: oc
      .route({ method: 'POST', path: '/destinations', successStatus: 201 })
      .input(destinationInput)
      .output(destinationSchema),
    update: oc
      .route({ method: 'PATCH', path: '/destinations/{id}' })
      .input(numberId.extend(destinationChange.shape))
      .output(destinationSchema),
    remove: oc.route({ method: 'DELETE', path: '/destinations/{id}' }).input(numberId).output(z.object({})),
    test: oc
      .route({
        method: 'POST',
        path: '/destinations/{id}/test',
        summary: 'Sends one event of Trackside’s own',
      })
      .input(numberId)
      .output(
        z.object({
          ok: z.boolean(),
          status: z.number().int().nullable(),
          message: z.string(),
          ms: z.number(),
        }),
      ),
  },
  replays: {
    list: oc
      .route({ method: 'GET', path: '/replays' })
      .output(z.object({ replays: z.array(replaySchema), nextCursor })),
    create: oc
      .route({ method: 'POST', path: '/replays', summary: 'start: false gives the plan, start: true starts' })
      .input(
        z.object({
          query,
          destinationId: z.number().int(),
          preset: presetSchema.default('historical'),
          options: replayOptions.prefault({}),
          start: z.boolean().default(false),
          confirm: z.string().optional().describe('The host name of a production destination'),
          upTo: z.number().int().optional().describe('From the plan: later events are left out'),
        }),
      )
      .output(z.object({ plan: replayPlan, replay: replaySchema.nullable() })),
    get: oc.route({ method: 'GET', path: '/replays/{id}' }).input(numberId).output(replayDetail),
    pause: oc.route({ method: 'POST', path: '/replays/{id}/pause' }).input(numberId).output(replaySchema),
    resume: oc.route({ method: 'POST', path: '/replays/{id}/resume' }).input(numberId).output(replaySchema),
    cancel: oc.route({ method: 'POST', path: '/replays/{id}/cancel' }).input(numberId).output(replaySchema),
    outcomes: oc
      .route({ method: 'GET', path: '/replays/{id}/outcomes' })
      .input(
        numberId
          .extend(pageInput.shape)
          .extend({ outcome: z.enum(['pending', 'sent', 'failed', 'skipped']).optional() }),
      )
      .output(z.object({ outcomes: z.array(outcomeSchema), nextCursor })),
  },
  settings: {
    get: oc.route({ method: 'GET', path: '/settings' }).output(settingsSchema),
    patch: oc
      .route({ method: 'PATCH', path: '/settings', summary: 'Sets what is named; the rest stays as it is' })
      .input(settingsChange)
      .output(settingsSchema),
  },
  analysis: {
    rebuild: oc
      .route({
        method: 'POST',
        path: '/rebuild',
        summary: 'Throws away what is derived and analyses the log anew',
      })
      .output(z.object({ upTo: z.number().int() })),
  },
}
