import { describe, expect, it } from 'vitest'
import { addressesFor, isForOthers } from '../../../../renderer/views/connect/addresses.ts'
import type { Capture } from '../../../../renderer/views/connect/addresses.ts'
import { sdkOf } from '../../../../renderer/views/connect/sdks/index.ts'

const own = 'http://127.0.0.1:7357'
const alone: Capture = { url: own, urls: [own], open: false, https: null }
const open: Capture = { url: own, urls: [own, 'http://192.168.7.5:7357'], open: true, https: null }
const https = {
  url: 'https://127.0.0.1:7400',
  urls: ['https://127.0.0.1:7400', 'https://192.168.7.5:7400'],
  caFile: '/ca.pem',
  bundleFile: '/bundle.pem',
  fingerprint: '',
  expiresAt: '',
}

function urls(capture: Capture, id: string, lines = 0): string[] {
  const sdk = sdkOf(id)
  const variant = sdk.variants[lines]
  if (variant === undefined) throw new Error(`${id} has no lines ${lines}`)
  return addressesFor(capture, sdk, variant).map(({ url }) => url)
}

describe('the addresses that an SDK is offered', () => {
  it('are those of this machine, then of the network', () => {
    expect(urls(alone, 'node')).toEqual([own])
    expect(urls(open, 'node')).toEqual(open.urls)
  })

  it('have https after http where both will do', () => {
    expect(urls({ ...open, https }, 'node')).toEqual([...open.urls, ...https.urls])
  })

  it('are https alone where nothing else will do, and the usual port while it is off', () => {
    expect(urls({ ...open, https }, 'php')).toEqual(https.urls)
    expect(urls(open, 'php')).toEqual(['https://127.0.0.1:7359'])
  })

  it('are http alone for lines that switch https off', () => {
    expect(urls({ ...open, https }, 'ruby', 1)).toEqual(open.urls)
  })

  it('begin with the emulator’s on Android, and have it elsewhere on phones', () => {
    expect(urls(open, 'android')).toEqual(['http://10.0.2.2:7357', ...open.urls])
    expect(urls({ ...open, https }, 'kotlin')[0]).toBe('https://10.0.2.2:7400')
    expect(urls(alone, 'react-native')).toEqual([own, 'http://10.0.2.2:7357'])
    expect(urls(alone, 'swift', 1)).toEqual([own])
  })

  it.each(['http://192.168.7.5:7357', 'http://127.0.0.2:7357', 'http://[::1]:7357'])(
    'leave the emulator’s out where capture listens on %s alone',
    (url) => {
      const elsewhere: Capture = { url, urls: [url], open: true, https: null }
      expect(urls(elsewhere, 'android')).toEqual([url])
      expect(urls(elsewhere, 'react-native')).toEqual([url])
      expect(urls(elsewhere, 'kotlin').join()).not.toContain('10.0.2.2')
    },
  )
})

it.each([
  ['http://127.0.0.1:7357', false],
  ['http://127.5.0.1:7357', false],
  ['http://localhost:7357', false],
  ['http://[::1]:7357', false],
  ['http://10.0.2.2:7357', false],
  ['http://10.0.2.21:7357', true],
  ['http://192.168.7.5:7357', true],
])('a phone that scans %s finds this machine: %s', (url, finds) => {
  expect(isForOthers(url)).toBe(finds)
})
