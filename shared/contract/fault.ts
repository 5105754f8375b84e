import { z } from 'zod'
import { faultStatuses } from '../fault.ts'

/** How a captured call is answered on purpose. */
export const faultAnswer = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('status'),
    status: z.literal(faultStatuses),
    retryAfterSeconds: z
      .number()
      .int()
      .min(0)
      .max(86_400)
      .nullable()
      .default(null)
      .describe('Sent as Retry-After; null leaves the header out'),
  }),
  z.strictObject({
    kind: z.literal('slow').describe('200, but late'),
    delayMs: z.number().int().min(1).max(300_000),
  }),
  z.strictObject({ kind: z.literal('hang').describe('No answer until the sender gives up') }),
  z.strictObject({ kind: z.literal('reset').describe('The connection is torn down') }),
])
export type FaultAnswer = z.infer<typeof faultAnswer>
