import { randomUUID } from 'node:crypto'
import type { JsonObject } from '../../../shared/event.ts'

/** Requests a minute that the real service allows. There is no limit here; its SDK reads a missing header as "none left". */
export const journyCallsRemaining = 1800

/** What journy.io's SDK reads in every answer, success and error alike. */
export function journyMeta(status: number): JsonObject {
  return { meta: { status, requestId: randomUUID() } }
}

/** What the key may do, as `GET /validate` tells it. */
export const journyPermissions = [
  'ValidateApiKey',
  'AddEvent',
  'UpsertUser',
  'UpsertAccount',
  'Link',
  'GetTrackingSnippet',
]

/** The script for a website, which sends its pages here. `host` is echoed for the sake of phones and emulators. */
export function journySnippet(writeKey: string, host: string): string {
  const base = `http://${host}`
  const script = `${base}/analytics.js/v1/${encodeURIComponent(writeKey)}/analytics.min.js`
  const text = (value: string): string => JSON.stringify(value).replace(/</g, '\\u003c')
  return (
    `<script>window.analytics=window.analytics||[];analytics._writeKey=${text(writeKey)};analytics._cdn=${text(base)};` +
    `analytics.push(["page"])</script><script async src=${text(script)}></script>`
  )
}
