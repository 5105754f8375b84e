import { describe, expect, it } from 'vitest'
import {
  Scrubber,
  adviceOf,
  keptBodyBytes,
  retryAfterMs,
  verdictOf,
} from '../../../electron/engine/replay/answer.ts'

describe('an answer', () => {
  it.each([
    [200, 'sent'],
    [204, 'sent'],
    [301, 'trouble'],
    [400, 'halve'],
    [401, 'trouble'],
    [403, 'trouble'],
    [404, 'trouble'],
    [408, 'again'],
    [409, 'refused'],
    [413, 'halve'],
    [429, 'again'],
    [500, 'again'],
    [503, 'again'],
  ])('%i means: %s', (status, verdict) => {
    expect(verdictOf(status)).toBe(verdict)
  })

  it('says in seconds or as a date when to come back', () => {
    const now = Date.parse('2026-03-01T12:00:00.000Z')
    expect(retryAfterMs('3', now)).toBe(3000)
    expect(retryAfterMs('Sun, 01 Mar 2026 12:00:05 GMT', now)).toBe(5000)
    expect(retryAfterMs('Sun, 01 Mar 2026 11:00:00 GMT', now)).toBe(0)
    expect(retryAfterMs('soon', now)).toBeNull()
    expect(retryAfterMs(null, now)).toBeNull()
  })

  it('comes with advice on where it leads', () => {
    expect(adviceOf(301, 'https://elsewhere.example/v1')).toContain('https://elsewhere.example/v1')
    expect(adviceOf(401, null)).toContain('write key')
    expect(adviceOf(404, null)).toContain('address')
  })
})

describe('the body of a failure', () => {
  const key = 'sk_"live"_1234567890'
  const scrubber = new Scrubber([key, '', 'second'])

  it('is kept without any secret, in whatever form it is echoed', () => {
    const forms = [
      key,
      JSON.stringify(key),
      encodeURIComponent(key),
      Buffer.from(key).toString('base64'),
      Buffer.from(`${key}:`).toString('base64'),
    ]
    const text = scrubber.excerpt(Buffer.from(`a ${forms.join(' ')} second z`))
    expect(text).toBe('a *** "***" *** *** *** *** z')
  })

  it('never ends in half a secret, wherever it is cut off', () => {
    for (let before = keptBodyBytes - 60; before < keptBodyBytes + 60; before += 1) {
      const body = Buffer.from('x'.repeat(before) + key.repeat(20)).subarray(0, scrubber.readLimit)
      const text = scrubber.excerpt(body)
      expect(text).not.toContain('sk_')
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(keptBodyBytes)
    }
  })
})
