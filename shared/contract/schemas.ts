import { z } from 'zod'
import { eventSchema, jsonObject } from './event.ts'
import { failedRuleSchema, fileTroubleSchema } from './lint.ts'

/** How many rows a page of a list may hold. */
export const pageLimit = 500

export const pageInput = z.object({
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(pageLimit)
    .default(100)
    .describe('How many at most; large events come in smaller pages'),
  cursor: z.string().optional().describe('nextCursor of the page before; empty for the first page'),
})
export const nextCursor = z
  .string()
  .nullable()
  .describe('Give it back as cursor for the next page; null at the end')

export const httpsSchema = z.object({
  url: z.string(),
  urls: z.array(z.string()),
  caFile: z.string().describe('The certificate to trust, a PEM file on the engine’s machine'),
  bundleFile: z.string().describe('The same behind all certificates that this machine trusts anyway'),
  fingerprint: z.string().describe('SHA-256 of that certificate, in pairs of hexadecimal digits'),
  expiresAt: z.string().describe('The end of that certificate'),
})
export type Https = z.infer<typeof httpsSchema>

/** The past is read anew, because what verdicts depend on has changed. */
export const rejudgingSchema = z
  .object({
    upTo: z.number().int().describe('The last event that has been judged anew'),
    of: z.number().int().describe('The last event that there was when it began'),
  })
  .nullable()
  .describe('Null while analysis only follows what arrives')
export type Rejudging = z.infer<typeof rejudgingSchema>

export const statusSchema = z.object({
  version: z.string(),
  host: z.enum(['browser', 'desktop']),
  capture: z.object({
    url: z.string(),
    urls: z.array(z.string()),
    open: z.boolean().describe('Whether it listens to others in the network, too: --host'),
    https: httpsSchema.nullable().describe('Null while capture does not speak https'),
    httpsFailure: z
      .object({ code: z.string(), message: z.string() })
      .nullable()
      .describe('Why https is off although it was switched on, or why its certificate is an old one'),
    httpsByFlag: z.boolean().describe('On because of --https, whatever the settings say'),
  }),
  app: z.object({ url: z.string() }),
  data: z.string().describe('The data directory'),
  events: z.number().int(),
  rejected: z.number().int(),
  users: z.number().int(),
  accounts: z.number().int(),
  names: z.number().int(),
  problems: z.number().int(),
  lastEventId: z.number().int(),
  analysedUpTo: z.number().int(),
  rejudging: rejudgingSchema,
  lint: z.object({
    file: z.string().nullable().describe('The trackside.json that is followed'),
    trouble: fileTroubleSchema.nullable().describe('What is wrong with it, or with the plan that it names'),
    failures: z.array(failedRuleSchema).describe('Rules that threw'),
  }),
  bytes: z.number().int().describe('Size of the database on disk'),
  startedAt: z.string(),
  sources: z.array(
    z.object({ source: z.string(), events: z.number().int(), library: z.string().nullable() }),
  ),
  trouble: z.string().nullable().describe('What is wrong with capture right now, in words'),
})
export type Status = z.infer<typeof statusSchema>

/** A heartbeat of the log: what the page needs in order to know that it must ask again. */
export const pulseSchema = z.object({
  lastEventId: z.number().int(),
  analysedUpTo: z.number().int(),
  events: z.number().int(),
  deletions: z
    .number()
    .int()
    .describe('Grows when events were deleted or analysis began anew: reload everything'),
  replays: z.number().int().describe('Grows when a replay moved on'),
  settings: z.number().int().describe('Grows when a setting was changed'),
  activity: z.number().int().describe('Grows when something reached capture that is no accepted call'),
  lint: z
    .number()
    .int()
    .describe('Grows when the configuration of rules, its trackside.json or the failures of rules changed'),
  rejudging: rejudgingSchema,
  trouble: z.string().nullable(),
})
export type Pulse = z.infer<typeof pulseSchema>

/** What may reach the capture port without being an accepted call. */
export const activityKinds = [
  'settings',
  'script',
  'preflight',
  'visit',
  'path',
  'method',
  'posthog',
  'rejected',
  'hangup',
  'malformed',
  'tls',
  'plain',
  'untrusted',
] as const
export type ActivityKind = (typeof activityKinds)[number]
export const activitySchema = z.object({
  kind: z
    .enum(activityKinds)
    .describe(
      'settings and script: an SDK asked for them. visit: a browser was given the address. path, method, posthog, ' +
        'rejected: refused. hangup: it broke off before its end. malformed: no HTTP. tls: https on the plain port. ' +
        'plain: http on the https port. untrusted: the sender did not like the certificate',
    ),
  at: z.string().describe('The last time'),
  firstAt: z.string(),
  count: z.number().int().describe('How often it came'),
  method: z.string().nullable(),
  path: z.string().nullable(),
  origin: z.string().nullable(),
  userAgent: z.string().nullable(),
  remoteAddress: z.string().nullable(),
  writeKey: z.string().nullable(),
  detail: z.string().nullable().describe('What was wrong with it, in words'),
})
export type Activity = z.infer<typeof activitySchema>
export const activityOutput = z.object({
  activity: z.array(activitySchema).describe('The latest first, 200 at most'),
  counts: z.partialRecord(z.enum(activityKinds), z.number().int()).describe('Since the engine started'),
})

export const eventListInput = pageInput.extend({
  query: z.string().default(''),
  order: z.enum(['asc', 'desc']).default('desc'),
  total: z.stringbool().or(z.boolean()).default(false).describe('Whether to count all that match'),
  after: z.coerce.number().int().optional().describe('Only events behind this id'),
  upTo: z.coerce.number().int().optional().describe('Only events up to this id'),
})
export const eventPage = z.object({
  events: z.array(eventSchema),
  nextCursor,
  total: z.number().int().optional(),
  upTo: z.number().int().describe('The last event id that this answer has looked at'),
})
export type EventPage = z.infer<typeof eventPage>

export const waitInput = z.object({
  query: z.string().default(''),
  count: z.number().int().min(1).max(pageLimit).default(1),
  timeoutMs: z.number().int().min(0).max(600_000).default(10_000),
  absent: z.boolean().default(false).describe('Holds when nothing that matches arrives until the timeout'),
})
export const waitOutput = z.object({ ok: z.boolean(), events: z.array(eventSchema) })

export const histogramInput = z.object({
  query: z.string().default(''),
  from: z.iso.datetime({ offset: true }).optional().describe('Default: the first event that matches'),
  to: z.iso.datetime({ offset: true }).optional().describe('Default: now'),
  buckets: z.coerce.number().int().min(1).max(500).default(90),
})
export const histogramOutput = z.object({
  from: z.string(),
  to: z.string(),
  bucketMs: z.number(),
  buckets: z.array(
    z.object({
      start: z.string(),
      events: z.number().int().describe('All events of this stretch of time'),
      types: z.record(z.string(), z.number().int()),
      errors: z.number().int().describe('Events whose worst problem is an error, or that were rejected'),
      warnings: z.number().int().describe('Events whose worst problem is a warning'),
    }),
  ),
})
export type Histogram = z.infer<typeof histogramOutput>

const frequentNames = z
  .array(z.object({ name: z.string(), events: z.number().int() }))
  .describe('The 50 most frequent names of track calls')

export const userSchema = z.object({
  id: z.string().describe('The userId, or anonymous:<anonymousId> where none is known'),
  label: z.string().describe('Name, e-mail or id: what to call this user on a screen'),
  name: z.string().nullable(),
  email: z.string().nullable(),
  events: z.number().int(),
  problems: z.number().int(),
  firstSeenAt: z.string(),
  lastSeenAt: z.string(),
  accounts: z.array(z.object({ id: z.string(), name: z.string().nullable() })),
})
export type User = z.infer<typeof userSchema>
export const identitySchema = z.object({
  kind: z.enum(['user', 'anonymous']),
  value: z.string(),
  firstEventId: z.number().int().describe('The event that tied this id to the user'),
  how: z.enum(['seen', 'identify', 'alias', 'call']).describe('How it came to be theirs'),
})
export const userDetail = userSchema.extend({
  traits: jsonObject,
  identities: z.array(identitySchema),
  names: frequentNames,
})
export type UserDetail = z.infer<typeof userDetail>

export const accountSchema = z.object({
  id: z.string(),
  name: z.string().nullable(),
  events: z.number().int(),
  members: z.number().int(),
  problems: z.number().int(),
  described: z.boolean().describe('Whether a group call has described it'),
  firstSeenAt: z.string(),
  lastSeenAt: z.string(),
})
export type Account = z.infer<typeof accountSchema>
export const memberSchema = z.object({
  id: z.string(),
  label: z.string(),
  via: z.enum(['group', 'context']).describe('Put in by a group call, or only seen with context.groupId'),
  events: z.number().int().describe('Events of this user in this account'),
  lastSeenAt: z.string(),
})
export const accountDetail = accountSchema.extend({
  traits: jsonObject,
  memberList: z.array(memberSchema).describe('The latest 200'),
  names: frequentNames,
  withoutAccount: z.number().int().describe('Track calls of its members that name no account at all'),
})
export type AccountDetail = z.infer<typeof accountDetail>

export const destinationAuth = z.enum(['basic', 'bearer', 'header', 'none'])
export const destinationSchema = z.object({
  id: z.number().int(),
  name: z.string(),
  url: z.string().describe('Up to where /batch is appended: https://api.segment.io/v1'),
  host: z.string().describe('What a person types to confirm a replay to production'),
  production: z.boolean(),
  auth: destinationAuth,
  hasWriteKey: z.boolean(),
  hasSecret: z.boolean(),
  headerNames: z.array(z.string()).describe('Extra headers; their values stay inside'),
  mode: z.enum(['batch', 'single']),
  eventsPerSecond: z.number().int(),
  concurrency: z.number().int(),
  createdAt: z.string(),
})
export type Destination = z.infer<typeof destinationSchema>
const destinationFields = z.object({
  name: z.string().trim().min(1).max(100),
  url: z.string().trim().min(1).max(2000),
  production: z.boolean(),
  auth: destinationAuth,
  writeKey: z.string().max(1000).optional().describe('Goes in and never comes out'),
  secret: z
    .string()
    .max(4000)
    .optional()
    .describe('Bearer token, or value of the auth header; never comes out'),
  headers: z.record(z.string(), z.string()).optional().describe('Extra headers; values never come out'),
  mode: z.enum(['batch', 'single']),
  eventsPerSecond: z.number().int().min(1).max(100_000),
  concurrency: z.number().int().min(1).max(64),
})
/** A change names what it changes: no default may slip in, least of all one that ends `production`. */
export const destinationChange = destinationFields.partial()
export const destinationInput = destinationFields.extend({
  production: destinationFields.shape.production.default(false),
  auth: destinationFields.shape.auth.default('basic'),
  mode: destinationFields.shape.mode.default('batch'),
  eventsPerSecond: destinationFields.shape.eventsPerSecond.default(1000),
  concurrency: destinationFields.shape.concurrency.default(4),
})
export type DestinationInput = z.infer<typeof destinationInput>

export const presets = ['historical', 'live', 'retry', 'new'] as const
export const presetSchema = z.enum(presets)
export type Preset = z.infer<typeof presetSchema>

export const replayOptions = z.object({
  speed: z.number().min(0.01).max(10_000).default(1).describe('live: how much the gaps are compressed'),
  onlyAccepted: z.boolean().default(true),
  onlyNew: z.boolean().default(false).describe('Leave out what this destination has already acknowledged'),
  writeKey: z.string().optional().describe('Send under another write key; never comes out'),
  eventsPerSecond: z.number().int().min(1).max(100_000).optional(),
  integrations: jsonObject.optional(),
  userIds: z.record(z.string(), z.string()).optional().describe('Old id → new id'),
  accountIds: z.record(z.string(), z.string()).optional().describe('Old id → new id'),
  remove: z.array(z.string()).optional().describe('Keys of properties and traits to leave out'),
  mask: z.array(z.string()).optional().describe('Keys of properties and traits to replace by ***'),
})
export type ReplayOptions = z.infer<typeof replayOptions>

export const replayPlan = z.object({
  destination: destinationSchema,
  preset: presetSchema,
  query: z.string(),
  upTo: z.number().int().describe('Later events are not part of this plan'),
  selected: z.number().int(),
  events: z.number().int().describe('Events that would be sent'),
  requests: z.number().int(),
  bytes: z.number().int().describe('Bytes of JSON before gzip'),
  seconds: z.number().describe('At the rate of the destination'),
  byName: z.array(z.object({ name: z.string(), events: z.number().int() })),
  byType: z.array(z.object({ type: z.string(), events: z.number().int() })),
  users: z.number().int(),
  alreadySent: z.number().int().describe('Of them, already acknowledged by this destination'),
  leftOut: z.array(
    z.object({ reason: z.string(), events: z.number().int(), examples: z.array(z.number().int()) }),
  ),
  warnings: z.array(z.string()),
  samples: z.array(z.object({ eventId: z.number().int(), before: z.string(), after: z.string() })),
})
export type ReplayPlan = z.infer<typeof replayPlan>

export const replayStates = ['running', 'paused', 'done', 'cancelled', 'failed'] as const
export const replaySchema = z.object({
  id: z.number().int(),
  query: z.string(),
  preset: presetSchema,
  destinationId: z.number().int(),
  destinationName: z.string(),
  state: z.enum(replayStates),
  message: z.string().nullable().describe('Why it paused or failed'),
  total: z.number().int(),
  sent: z.number().int(),
  failed: z.number().int(),
  skipped: z.number().int(),
  eventsPerSecond: z.number(),
  secondsLeft: z.number().nullable(),
  statuses: z.array(z.object({ status: z.string(), events: z.number().int() })),
  createdAt: z.string(),
  endedAt: z.string().nullable(),
})
export type Replay = z.infer<typeof replaySchema>
/** What a person needs who looks at one job, or wants to send the same way again. */
export const replayDetail = replaySchema.extend({
  host: z.string().describe('Where the destination led when it was confirmed'),
  options: replayOptions.omit({ writeKey: true }),
  hasOtherWriteKey: z
    .boolean()
    .describe('Whether it is sent under another write key than that of the destination'),
})
export type ReplayDetail = z.infer<typeof replayDetail>

export const outcomeSchema = z.object({
  eventId: z.number().int(),
  event: z.string().nullable(),
  type: z.string().nullable(),
  outcome: z.enum(['pending', 'sent', 'failed', 'skipped']),
  status: z.number().int().nullable(),
  attempts: z.number().int(),
  message: z.string().nullable().describe('Body of the answer, or what went wrong'),
  at: z.string().nullable(),
})
export type Outcome = z.infer<typeof outcomeSchema>
