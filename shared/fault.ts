import { z } from 'zod'

/** Statuses that can be answered on purpose: those that SDKs are known to treat each in a way of its own. */
export const faultStatuses = [400, 401, 413, 429, 500, 503] as const

/** What can be answered on purpose, by the name that a query knows it by. */
export const faultNames = ['400', '401', '413', '429', '500', '503', 'slow', 'hang', 'reset'] as const
export type FaultName = (typeof faultNames)[number]

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

export function faultNameOf(answer: FaultAnswer): FaultName {
  return answer.kind === 'status' ? `${answer.status}` : answer.kind
}
