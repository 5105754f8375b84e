import { isUtf8 } from 'node:buffer'
import type { JsonObject } from '../../../shared/event.ts'
import { isJsonObject } from '../../../shared/normalise.ts'
import { sourceOf } from '../../../shared/source.ts'
import { headerOf } from './raw-request.ts'

/** Characters. A key is stored with each call of its batch: one of megabytes would fill the disk, and names nothing. */
const keyLimit = 1_000

/** The part of a key that may be shown. */
function usableKey(key: string | null | undefined): string | null {
  const source = sourceOf(key ?? '')
  return source === '' || source.length > keyLimit ? null : source
}

function basicUser(authorization: string | undefined): string | null {
  const encoded = /^basic\s+(\S+)/i.exec(authorization ?? '')?.[1]
  if (encoded === undefined) return null
  const bytes = Buffer.from(encoded, 'base64')
  // Servers' SDKs encode UTF-8, browsers' `btoa` takes each character for a byte.
  return usableKey(bytes.toString(isUtf8(bytes) ? 'utf8' : 'latin1'))
}

/** Jitsu masks the secret half of its key in the body: such a value is no key. */
function bodyKey(value: unknown): string | null {
  return typeof value === 'string' && !value.includes('***') ? usableKey(value) : null
}

/**
 * The write key, from the first place that has one: Basic user name, body (top level, else its first call),
 * X-Write-Key, `?writeKey=`, x-api-key. Of a key with a secret half only the other one. One of more than a thousand
 * characters is none.
 */
export function writeKeyOf(headers: readonly string[], url: string, body: JsonObject | null): string | null {
  const batch = body?.['batch']
  const first: unknown = Array.isArray(batch) ? batch[0] : undefined
  return (
    basicUser(headerOf(headers, 'authorization')) ??
    bodyKey(body?.['writeKey']) ??
    bodyKey(isJsonObject(first) ? first['writeKey'] : undefined) ??
    usableKey(headerOf(headers, 'x-write-key')) ??
    queryKey(url) ??
    usableKey(headerOf(headers, 'x-api-key'))
  )
}

function queryKey(url: string): string | null {
  const start = url.indexOf('?')
  return start === -1 ? null : usableKey(new URLSearchParams(url.slice(start + 1)).get('writeKey'))
}
