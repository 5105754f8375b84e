import { isUtf8 } from 'node:buffer'
import type { JsonObject } from '../../../shared/event.ts'
import { isJsonObject } from '../../../shared/normalise.ts'
import { headerOf } from './raw-request.ts'

function basicUser(authorization: string | undefined): string | null {
  const encoded = /^basic\s+(\S+)/i.exec(authorization ?? '')?.[1]
  if (encoded === undefined) return null
  const bytes = Buffer.from(encoded, 'base64')
  // Servers' SDKs encode UTF-8, browsers' `btoa` takes each character for a byte.
  const user = bytes.toString(isUtf8(bytes) ? 'utf8' : 'latin1').split(':', 1)[0]
  return user === undefined || user === '' ? null : user
}

/** Jitsu masks the secret half of its key in the body: such a value is no key. */
function bodyKey(value: unknown): string | null {
  return typeof value === 'string' && value !== '' && !value.includes('***') ? value : null
}

/**
 * The write key, from the first place that has one: Basic user name, body (top level, else its first call),
 * X-Write-Key, `?writeKey=`, x-api-key.
 */
export function writeKeyOf(headers: readonly string[], url: string, body: JsonObject | null): string | null {
  const batch = body?.['batch']
  const first: unknown = Array.isArray(batch) ? batch[0] : undefined
  return (
    basicUser(headerOf(headers, 'authorization')) ??
    bodyKey(body?.['writeKey']) ??
    bodyKey(isJsonObject(first) ? first['writeKey'] : undefined) ??
    (headerOf(headers, 'x-write-key') || null) ??
    queryKey(url) ??
    (headerOf(headers, 'x-api-key') || null)
  )
}

function queryKey(url: string): string | null {
  const start = url.indexOf('?')
  return start === -1 ? null : new URLSearchParams(url.slice(start + 1)).get('writeKey') || null
}
