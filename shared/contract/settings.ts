import { z } from 'zod'
import { faultAnswer } from './fault.ts'
import { lintChange, lintSettingsSchema } from './lint.ts'

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
  lint: lintSettingsSchema.describe('What is agreed on about rules and names; it wins over trackside.json'),
})
export type Settings = z.infer<typeof settingsSchema>

/** Names what it changes, and nothing that is misspelt: a field that is silently left out would change nothing. */
export const settingsChange = z.strictObject({ ...settingsSchema.shape, lint: lintChange }).partial()
export type SettingsChange = z.infer<typeof settingsChange>

export const defaultSettings: Settings = { faults: [], https: false, lint: {} }
