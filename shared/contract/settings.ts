import { z } from 'zod'

/** How a captured call is answered on purpose; what is not a status has none. */
const statusAnswer = z.strictObject({
  kind: z.literal('status'),
  status: z.literal([400, 401, 413, 429, 500, 503]),
  retryAfterSeconds: z
    .number()
    .int()
    .min(0)
    .max(86_400)
    .nullable()
    .default(null)
    .describe('Sent as Retry-After; null leaves the header out'),
})
const slowAnswer = z.strictObject({
  kind: z.literal('slow').describe('200, but late'),
  delayMs: z.number().int().min(1).max(300_000),
})
const hangingAnswer = z.strictObject({
  kind: z.literal('hang').describe('No answer until the sender gives up'),
})
const resetAnswer = z.strictObject({ kind: z.literal('reset').describe('The connection is torn down') })
export const faultAnswer = z.discriminatedUnion('kind', [
  statusAnswer,
  slowAnswer,
  hangingAnswer,
  resetAnswer,
])
export type FaultAnswer = z.infer<typeof faultAnswer>
export const faultStatuses = statusAnswer.shape.status.def.values

export const faultTime = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('share').describe('That many requests in a hundred, by chance'),
    percent: z.number().min(0).max(100),
  }),
  z.strictObject({
    kind: z.literal('firstRequests').describe('The first requests since it was switched on'),
    requests: z.number().int().min(1).max(100_000),
  }),
  z.strictObject({
    kind: z
      .literal('firstAttempts')
      .describe('The first attempts at each call or batch: its retry goes well'),
    attempts: z.number().int().min(1).max(100),
  }),
])
export type FaultTime = z.infer<typeof faultTime>

/** An answer that is wrong on purpose, so that a developer sees what their SDK makes of it. */
export const faultSchema = z.strictObject({
  on: z.boolean().default(true),
  source: z.string().min(1).max(1000).nullable().default(null).describe('The write key; null for all'),
  answer: faultAnswer,
  when: faultTime.default({ kind: 'share', percent: 100 }),
})
export type Fault = z.infer<typeof faultSchema>

/** How many faults there may be: each request is held against all of them. */
export const faultLimit = 50

/** What a person can set, by field; the store keeps each field in a row of its own. */
export const settingsSchema = z.object({
  faults: z.array(faultSchema).max(faultLimit).describe('Of those that apply, the first is the answer'),
  https: z.boolean().describe('Whether capture is served over https, too'),
})
export type Settings = z.infer<typeof settingsSchema>

/** Names what it changes, and nothing that is misspelt: a field that is silently left out would change nothing. */
export const settingsChange = z.strictObject(settingsSchema.shape).partial()
export type SettingsChange = z.infer<typeof settingsChange>

export const defaultSettings: Settings = { faults: [], https: false }
