// Constants and types alone: the threads that judge and store would load the schemas for nothing.
export type {
  Problem,
  Rejection,
  TracksideEvent,
  CaptureRequest,
  Attempt,
  EventDetail,
} from './contract/event.ts'

/** The six calls of the Segment spec that make an event. */
export const callTypes = ['track', 'identify', 'page', 'screen', 'group', 'alias'] as const
export type CallType = (typeof callTypes)[number]

export const severities = ['error', 'warning', 'info'] as const
export type Severity = (typeof severities)[number]

/** An object as an SDK sent it: any keys, any JSON values. */
export type JsonObject = Record<string, unknown>
