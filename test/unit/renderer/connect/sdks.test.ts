import { describe, expect, it } from 'vitest'
import { sdkOf, sdks, sdksByFamily, targetOf } from '../../../../renderer/views/connect/sdks/index.ts'

const variants = sdks.flatMap((sdk) =>
  sdk.variants.map((variant) => ({ name: `${sdk.id}, ${variant.id}`, sdk, variant })),
)

describe.each(variants)('the lines of $name', ({ sdk, variant }) => {
  const url = variant.scheme === 'https' ? 'https://192.168.7.5:7359' : 'http://192.168.7.5:7357'
  const code = variant.code(targetOf(url, 'key_of_mine'))

  it('carry the address and the write key', () => {
    const { hostname, port } = new URL(url)
    expect(code).toContain(hostname)
    expect(code).toContain(port)
    expect(code).toContain('key_of_mine')
  })

  it('carry nothing that a write key could break out with', () => {
    const hostile = `k'"\`\\$(id)#{x}\n</script>;*/`
    const clean = targetOf(url, hostile).writeKey
    expect(variant.code(targetOf(url, hostile))).toBe(variant.code(targetOf(url, clean)))
    expect(clean).toBe('kidxscript')
  })

  it('name no other server', () => {
    const addresses = code.match(/https?:\/\/[\w.[\]:-]+/g) ?? []
    // What June’s SDK has in it is named only to be replaced.
    const foreign = addresses.filter((one) => one !== url && one !== 'https://api.june.so')
    expect(foreign).toEqual([])
  })

  // The others are there to switch https off.
  if (variant.scheme !== 'http') {
    it('speak https to an https address', () => {
      const secure = variant.code(targetOf('https://192.168.7.5:7359', 'key_of_mine'))
      expect(secure).not.toContain('http://192.168.7.5')
      expect(secure).not.toMatch(/protocol: 'http'/)
    })
  }

  it('are ready to be pasted', () => {
    expect(code).not.toMatch(/undefined|NaN|\[object|YOUR_|<[A-Z_]+>/)
    expect(sdk.notes.join(' ').split('`').length % 2).toBe(1)
  })
})

describe('the list of SDKs', () => {
  it('has each only once', () => {
    expect(new Set(sdks.map(({ id }) => id)).size).toBe(sdks.length)
    for (const { variants: ways } of sdks) expect(new Set(ways.map(({ id }) => id)).size).toBe(ways.length)
  })

  it.each([
    'analytics-next',
    'snippet',
    'analytics-node',
    'analytics-node 6',
    'react native',
    'python',
    'ruby',
    'php',
    'go',
    'java',
    'rust',
    'c#',
    'kotlin',
    'swift',
    'android legacy',
    'ios legacy',
    'rudderstack browser',
    'rudderstack node',
    'rudderstack python',
    'rudderstack go',
    'jitsu',
    'june',
    'customer.io node',
    'customer.io browser',
    'hightouch',
    'journy.io',
    'curl',
  ])('finds %s', (search) => {
    expect(sdksByFamily(search).flatMap((one) => one.sdks)).not.toEqual([])
  })

  it('is in families, in the order in which it stands there', () => {
    expect(sdksByFamily('').map(({ family }) => family)).toEqual([
      'Browser',
      'Server',
      'Mobile',
      'Other vendors',
    ])
    expect(sdksByFamily('').flatMap((one) => one.sdks)).toEqual(sdks)
    expect(sdksByFamily('no such thing')).toEqual([])
  })

  it('falls back to its first where an address names none', () => {
    expect(sdkOf('ruby').id).toBe('ruby')
    expect(sdkOf('cobol').id).toBe('browser')
    expect(sdkOf(undefined).id).toBe('browser')
  })
})

it('an address without a port has that of its scheme', () => {
  expect(targetOf('https://collect.example', 'k')).toMatchObject({ port: '443', host: 'collect.example' })
  expect(targetOf('http://[::1]:7357', 'k')).toMatchObject({ host: '[::1]:7357', protocol: 'http' })
})
