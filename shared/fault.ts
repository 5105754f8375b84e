import type { FaultAnswer } from './contract/fault.ts'

export type { FaultAnswer }

/** Statuses that can be answered on purpose: those that SDKs are known to treat each in a way of its own. */
export const faultStatuses = [400, 401, 413, 429, 500, 503] as const

/** What can be answered on purpose, by the name that a query knows it by. */
export const faultNames = ['400', '401', '413', '429', '500', '503', 'slow', 'hang', 'reset'] as const
export type FaultName = (typeof faultNames)[number]

export function faultNameOf(answer: FaultAnswer): FaultName {
  return answer.kind === 'status' ? `${answer.status}` : answer.kind
}
