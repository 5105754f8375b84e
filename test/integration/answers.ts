import { expect } from 'vitest'
import type { EventDetail, JsonObject } from '../../shared/event.ts'
import type { Header, RunningEngine, WireAnswer } from './running-engine.ts'

/** What every SDK takes for success, word for word. */
export const success = '{"success":true}'

export function expectSuccess(answer: WireAnswer): void {
  expect(answer.text).toBe(success)
  expect(answer.status).toBe(200)
  expect(answer.headers['content-type']).toBe('application/json')
  expect(answer.headers['content-length']).toBe(String(success.length))
}

/** A refusal as Ruby, Python and a person can read it; gives back what it says. */
export function expectRefusal(answer: WireAnswer, status: number, code: string): string {
  expect(answer.status).toBe(status)
  expect(answer.headers['content-type']).toBe('application/json')
  const body = JSON.parse(answer.text) as JsonObject
  const message = expect.any(String) as string
  expect(body).toEqual({ success: false, code, message, error: body['message'] })
  return String(body['message'])
}

/** Posts a body that is taken, and gives back its last event. */
export async function taken(
  engine: RunningEngine,
  path: string,
  body: unknown,
  headers: readonly Header[] = [],
): Promise<EventDetail> {
  expectSuccess(await engine.post(path, body, headers))
  return engine.latest()
}

/** Posts a body that is refused, and gives back the event that remembers it; `person` is whom it could still name. */
export async function refused(
  engine: RunningEngine,
  body: string | Uint8Array,
  status: number,
  code: string,
  headers: readonly Header[] = [],
  path = '/v1/batch',
  person: EventDetail['person'] = null,
): Promise<EventDetail> {
  const message = expectRefusal(await engine.post(path, body, headers), status, code)
  const event = await engine.latest()
  expect(event).toMatchObject({
    accepted: false,
    rejection: { code, message },
    request: { path, bodyBytes: Buffer.byteLength(body) },
    analysed: true,
    person,
    problems: [],
  })
  return event
}
