import { faultSchema } from '../../../shared/contract/settings.ts'
import type { Fault, FaultTime } from '../../../shared/contract/settings.ts'
import { faultNameOf, faultStatuses } from '../../../shared/fault.ts'
import type { FaultAnswer, FaultName } from '../../../shared/fault.ts'

/** A fault as it is being filled in: a field keeps its value while another choice hides it. */
export interface FaultDraft {
  answer: FaultName
  /** Numbers as a number field gives them: empty text where nothing stands. */
  retryAfterSeconds: number | ''
  delaySeconds: number | ''
  /** Empty for all. */
  source: string
  when: FaultTime['kind']
  percent: number | ''
  requests: number | ''
  attempts: number | ''
}

export type FaultMistakes = Partial<Record<keyof FaultDraft, string>>

/** The one that shows most: a service that is down, and comes back. */
const newFault: Fault = {
  on: true,
  source: null,
  answer: { kind: 'status', status: 503, retryAfterSeconds: null },
  when: { kind: 'firstAttempts', attempts: 2 },
}

export function draftOf({ answer, source, when }: Fault = newFault): FaultDraft {
  return {
    answer: faultNameOf(answer),
    retryAfterSeconds: answer.kind === 'status' ? (answer.retryAfterSeconds ?? '') : '',
    delaySeconds: answer.kind === 'slow' ? answer.delayMs / 1000 : 5,
    source: source ?? '',
    when: when.kind,
    percent: when.kind === 'share' ? when.percent : 5,
    requests: when.kind === 'firstRequests' ? when.requests : 3,
    attempts: when.kind === 'firstAttempts' ? when.attempts : 2,
  }
}

/** Whether SDKs look for Retry-After beside this answer. */
export const takesRetryAfter = (answer: FaultName): boolean => answer === '429' || answer === '503'

/** The fault, switched on; or what is wrong with the draft. */
export function faultOf(
  draft: FaultDraft,
): { fault: Fault; mistakes: null } | { fault: null; mistakes: FaultMistakes } {
  const source = draft.source.trim()
  const { success, data, error } = faultSchema.safeParse({
    on: true,
    source: source === '' ? null : source,
    answer: answerOf(draft),
    when: timeOf(draft),
  })
  if (success) return { fault: data, mistakes: null }
  const mistakes: FaultMistakes = {}
  for (const { path } of error.issues) {
    const field = path.at(-1)
    if (field === 'delayMs') mistakes.delaySeconds = limits.delaySeconds
    else if (isLimited(field)) mistakes[field] = limits[field]
    else if (field === 'source') mistakes.source = 'A write key has at most 1,000 characters.'
  }
  return { fault: null, mistakes }
}

const limits = {
  retryAfterSeconds: 'Whole seconds, at most a day: 0 to 86400. Leave it empty to send none.',
  delaySeconds: 'Seconds, more than none and at most 300.',
  percent: 'A share from 0 to 100 %.',
  requests: 'A whole number from 1 to 100,000.',
  attempts: 'A whole number from 1 to 100.',
} satisfies FaultMistakes

const isLimited = (field: unknown): field is keyof typeof limits =>
  typeof field === 'string' && Object.hasOwn(limits, field)

function answerOf({ answer, retryAfterSeconds, delaySeconds }: FaultDraft): unknown {
  const status = faultStatuses.find((one) => `${one}` === answer)
  if (status !== undefined) {
    const asked = takesRetryAfter(answer) && retryAfterSeconds !== '' ? retryAfterSeconds : null
    return { kind: 'status', status, retryAfterSeconds: asked } satisfies FaultAnswer
  }
  return answer === 'slow'
    ? { kind: 'slow', delayMs: delaySeconds === '' ? null : Math.round(delaySeconds * 1000) }
    : { kind: answer }
}

function timeOf({ when, percent, requests, attempts }: FaultDraft): unknown {
  switch (when) {
    case 'share':
      return { kind: when, percent }
    case 'firstRequests':
      return { kind: when, requests }
    case 'firstAttempts':
      return { kind: when, attempts }
  }
}
