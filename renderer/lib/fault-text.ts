import type { Fault, FaultTime } from '../../shared/contract/settings.ts'
import type { CaptureRequest } from '../../shared/event.ts'
import type { FaultAnswer, FaultName } from '../../shared/fault.ts'
import { counted, duration } from './format.ts'

const reasons = {
  400: 'Bad Request',
  401: 'Unauthorized',
  413: 'Payload Too Large',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
} as const

/** What can be chosen, by the name that a query knows it by. */
export const faultTitles: Readonly<Record<FaultName, string>> = {
  400: `400 ${reasons[400]}`,
  401: `401 ${reasons[401]}`,
  413: `413 ${reasons[413]}`,
  429: `429 ${reasons[429]}`,
  500: `500 ${reasons[500]}`,
  503: `503 ${reasons[503]}`,
  slow: 'A slow answer',
  hang: 'No answer at all',
  reset: 'A connection that is reset',
}

function retryAfter(seconds: number | null): string {
  return seconds === null ? '' : `, Retry-After ${seconds} s`
}

/** "429 Too Many Requests, Retry-After 5 s", "200 after 2 s" */
export function answerTitle(answer: FaultAnswer): string {
  switch (answer.kind) {
    case 'status':
      return `${faultTitles[`${answer.status}`]}${retryAfter(answer.retryAfterSeconds)}`
    case 'slow':
      return `200 after ${duration(answer.delayMs)}`
    case 'hang':
    case 'reset':
      return faultTitles[answer.kind]
  }
}

function timeWords(when: FaultTime): string {
  switch (when.kind) {
    case 'share':
      return when.percent === 100 ? 'every request' : `${when.percent} % of the requests`
    case 'firstRequests':
      return when.requests === 1 ? 'the first request' : `the first ${counted(when.requests, 'request')}`
    case 'firstAttempts':
      return when.attempts === 1
        ? 'the first attempt at each call'
        : `the first ${counted(when.attempts, 'attempt')} at each call`
  }
}

/** "for 5 % of the requests of web" */
export function scopeWords({ when, source }: Pick<Fault, 'when' | 'source'>): string {
  return `for ${timeWords(when)}${source === null ? '' : ` of ${source}`}`
}

/** What the sender of a request heard; null where that is not known. */
export function heardSentence(answer: CaptureRequest['answer']): string | null {
  if (answer === null) return null
  const { status, fault } = answer
  switch (fault?.kind) {
    case undefined:
      return status === 200 ? 'Answered with 200.' : `Answered with ${status}: it could not be taken.`
    case 'status':
      return `Answered with ${fault.status}, on purpose${retryAfter(fault.retryAfterSeconds)}.`
    case 'slow':
      return `Answered with 200, on purpose ${duration(fault.delayMs)} late.`
    case 'hang':
      return 'Not answered, on purpose: its sender waited until it gave up.'
    case 'reset':
      return 'The connection was reset on purpose, without an answer.'
  }
}

/** For a mark: "Answered with 503 on purpose". */
export function faultMarkWords(fault: FaultName): string {
  switch (fault) {
    case 'slow':
      return 'Answered late on purpose'
    case 'hang':
      return 'Not answered, on purpose'
    case 'reset':
      return 'Connection reset on purpose'
    default:
      return `Answered with ${fault} on purpose`
  }
}
