import type { Rule } from '../rule.ts'
import { embeddedJson } from './embedded-json.ts'
import { isJsonObject, typeName } from './value.ts'

export const notObject: Rule = {
  id: 'metadata/not-object',
  severity: 'error',
  title: 'Properties are not an object',
  documentation:
    '`properties` (and the `traits` of identify and group calls) hold named values. Text, a list or a number in their place is dropped by most tools, and the event arrives without any metadata.',
  good: { type: 'track', event: 'Invoice Sent', userId: 'abc123', properties: { total_amount: 123.45 } },
  bad: { type: 'track', event: 'Invoice Sent', userId: 'abc123', properties: '{"total_amount":123.45}' },
  source: 'Segment spec',
  check(event) {
    const field = event.type === 'identify' || event.type === 'group' ? 'traits' : 'properties'
    const sent = event.payload[field]
    // An empty list is how PHP writes an empty object.
    if (sent === undefined || sent === null || isJsonObject(sent)) return []
    if (Array.isArray(sent) && sent.length === 0) return []
    return [
      {
        path: field,
        message: `\`${field}\` is ${typeName(sent)}, not an object`,
        reason: 'Named values can be read from an object only; most tools drop anything else.',
        suggestion: typeof sent === 'string' ? objectInside(sent) : null,
      },
    ]
  },
}

function objectInside(text: string): string | null {
  const json = embeddedJson(text)
  return json?.startsWith('{') ? json : null
}
