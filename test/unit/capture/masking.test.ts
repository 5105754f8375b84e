import { describe, expect, it } from 'vitest'
import { maskedHeaders, maskedUrl } from '../../../electron/engine/capture/masking.ts'

const masked = (name: string, value: string): string => {
  const [pair] = JSON.parse(maskedHeaders([name, value])) as [string, string][]
  return pair?.[1] ?? ''
}

describe('a header', () => {
  it.each([
    ['Authorization', 'Basic d2ViOg==', 'Basic ***'],
    ['authorization', 'Bearer abc.def', 'Bearer ***'],
    ['Proxy-Authorization', 'abc', '***'],
    ['Cookie', 'a=1; b=2', '***'],
    ['X-Api-Key', 'k', '***'],
    ['x-write-key', 'id:secret', '***'],
    ['X-Auth-Token', 'two\nlines', '***'],
    ['CF-Access-Client-Secret', 's', '***'],
    ['X-Amz-Security-Token', 's', '***'],
    ['Referer', 'https://shop.example/reset?token=abc&step=2', 'https://shop.example/reset?token=***&step=2'],
  ])('that carries a secret is kept without it: %s', (name, value, kept) => {
    expect(masked(name, value)).toBe(kept)
  })

  it.each(['Host', 'Content-Type', 'X-Retry-Count', 'AnonymousId', 'SentAt', 'X-Tokenizer', 'Authority'])(
    'that carries none is kept as it is: %s',
    (name) => {
      expect(masked(name, 'as sent')).toBe('as sent')
    },
  )

  it('stays in its place, however often it comes', () => {
    expect(JSON.parse(maskedHeaders(['A', '1', 'Cookie', 'x', 'A', '2', 'Cookie', 'y']))).toEqual([
      ['A', '1'],
      ['Cookie', '***'],
      ['A', '2'],
      ['Cookie', '***'],
    ])
  })
})

describe('an address', () => {
  it.each([
    ['/v1/track', '/v1/track'],
    ['/v1/t?token=abc', '/v1/t?token=***'],
    ['/v1/t?a=1&access_token=abc&b=2', '/v1/t?a=1&access_token=***&b=2'],
    ['/v1/t?accessToken=abc', '/v1/t?accessToken=***'],
    ['/v1/t?apiKey=abc&api_key=d', '/v1/t?apiKey=***&api_key=***'],
    ['/v1/t?token=a=b', '/v1/t?token=***'],
    ['/v1/t?password', '/v1/t?password'],
  ])('%s is kept as %s', (url, kept) => {
    expect(maskedUrl(url)).toBe(kept)
  })

  it.each([
    '/v1/t?writeKey=web',
    '/v1/t?write_key=web',
    '/v1/pixel/track?data=eyJ0',
    '/v1/pixel/t?traits.token=1',
  ])('%s keeps what names the source, and what is the call itself', (url) => {
    expect(maskedUrl(url)).toBe(url)
  })
})
