import { z } from 'zod'
import { callTypes, severities } from '../event.ts'
import { faultNames } from '../fault.ts'
import { faultAnswer } from './fault.ts'

/** An object as an SDK sent it: any keys, any JSON values. */
export const jsonObject = z.record(z.string(), z.unknown())

/** ISO 8601 in UTC with milliseconds: 2026-02-03T04:05:06.789Z. */
const isoTime = z.string()

export const problemSchema = z.object({
  rule: z.string().describe('The rule that found it, family/name'),
  severity: z.enum(severities),
  path: z
    .string()
    .describe('Where in the call: event, properties.total, context.groupId; empty for all of it'),
  message: z.string().describe('What is wrong'),
  reason: z.string().describe('Why it matters'),
  suggestion: z.string().nullable().describe('What to write instead, ready to be pasted'),
})
export type Problem = z.infer<typeof problemSchema>

export const rejectionSchema = z.object({ code: z.string(), message: z.string() })
export type Rejection = z.infer<typeof rejectionSchema>

/** One call as captured. What the SDK did not send is null. */
export const eventSchema = z.object({
  id: z.number().int().describe('Grows by one with each event'),
  receivedAt: isoTime,
  type: z.enum(callTypes).nullable().describe('null only for a rejected call whose type could not be read'),
  event: z.string().nullable().describe('The name of a track call'),
  name: z.string().nullable().describe('The name of a page or screen call'),
  category: z.string().nullable().describe('The category of a page or screen call'),
  userId: z.string().nullable(),
  anonymousId: z.string().nullable(),
  previousId: z.string().nullable().describe('The id that an alias call leaves behind'),
  accountId: z.string().nullable().describe('context.groupId, or the groupId of a group call'),
  messageId: z.string().nullable(),
  source: z.string().nullable().describe('The write key'),
  timestamp: isoTime.describe('When it happened, corrected for the clock of the device'),
  originalTimestamp: isoTime.nullable(),
  sentAt: isoTime.nullable(),
  properties: jsonObject.nullable(),
  traits: jsonObject.nullable(),
  context: jsonObject.nullable(),
  integrations: jsonObject.nullable(),
  library: z.object({ name: z.string().nullable(), version: z.string().nullable() }),
  accepted: z.boolean(),
  rejection: rejectionSchema.nullable(),
  requestId: z.number().int(),
  fault: z
    .enum(faultNames)
    .nullable()
    .describe('What its sender heard on purpose: a status, slow, hang or reset; null for the truth'),
  batchIndex: z.number().int().nullable().describe('Its place in a batch, from 0; null for a single call'),
  analysed: z.boolean().describe('Whether analysis has reached it: before that, problems are not yet known'),
  person: z
    .object({ id: z.string(), label: z.string() })
    .nullable()
    .describe('The user it belongs to, once analysed'),
  accountName: z.string().nullable(),
  problems: z.array(problemSchema),
})
export type TracksideEvent = z.infer<typeof eventSchema>

export const requestSchema = z.object({
  id: z.number().int(),
  receivedAt: isoTime,
  method: z.string(),
  path: z.string(),
  headers: z.array(z.tuple([z.string(), z.string()])).describe('As sent, secrets masked'),
  encoding: z.string().nullable().describe('gzip, deflate, br; null for an uncompressed body'),
  bodyBytes: z.number().int().describe('Bytes of the body as sent'),
  unpackedBytes: z
    .number()
    .int()
    .nullable()
    .describe('Bytes of the body when it was unpacked; null where it was not compressed'),
  remoteAddress: z.string().nullable(),
  remotePort: z.number().int().nullable(),
  httpVersion: z
    .string()
    .nullable()
    .describe('1.1; like all that follows, null for what older versions captured'),
  secure: z.boolean().nullable().describe('Whether it came over https'),
  connection: z
    .object({
      number: z.number().int().describe('Counts up from 1 with each start of the engine'),
      request: z.number().int().describe('Its place among the requests of this connection, from 1'),
    })
    .nullable(),
  arrivalMs: z.number().int().nullable().describe('From its head to the end of its body'),
  answer: z
    .object({
      status: z.number().int().nullable().describe('null where its sender heard nothing'),
      fault: faultAnswer.nullable().describe('What was answered on purpose; null for the truth'),
    })
    .nullable(),
  eventIds: z.array(z.number().int()).describe('All events of this request, in batch order'),
})
export type CaptureRequest = z.infer<typeof requestSchema>

export const eventReplaySchema = z.object({
  replayId: z.number().int(),
  destinationId: z.number().int(),
  destinationName: z.string(),
  preset: z.string(),
  outcome: z.enum(['pending', 'sent', 'failed', 'skipped']),
  status: z.number().int().nullable().describe('HTTP status of the answer'),
  message: z.string().nullable(),
  at: isoTime,
})

/** A delivery of a call, as the messageId tells: an SDK that hears nothing good sends the same one again. */
export const attemptSchema = z.object({
  eventId: z.number().int(),
  receivedAt: isoTime,
  status: z.number().int().nullable().describe('What was answered; null for nothing'),
  fault: z.enum(faultNames).nullable(),
  retryCount: z.string().nullable().describe('X-Retry-Count, as sent'),
})
export type Attempt = z.infer<typeof attemptSchema>

/** An event in full. */
export const eventDetailSchema = eventSchema.extend({
  payload: z.string().nullable().describe('The JSON text of the call, exactly as sent'),
  rawBody: z
    .string()
    .nullable()
    .describe(
      'The body of a request that was rejected or is no UTF-8, decompressed where it could be, up to 64 KB',
    ),
  rawBytes: z.string().nullable().describe('The same in base64, where it is no text'),
  request: requestSchema,
  attempts: z
    .array(attemptSchema)
    .describe('All calls with its messageId in the order of their arrival, itself among them, at most 100'),
  replays: z.array(eventReplaySchema),
})
export type EventDetail = z.infer<typeof eventDetailSchema>
