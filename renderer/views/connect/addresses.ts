import type { Status } from '../../../shared/contract/schemas.ts'
import { emulatorHost, emulatorUrl } from '../../../shared/emulator.ts'
import { httpsAssumed } from '../../lib/https-address.ts'
import type { Sdk, Variant } from './sdks/index.ts'

export type Https = NonNullable<Status['capture']['https']>
export type Capture = Pick<Status['capture'], 'url' | 'urls' | 'open' | 'https'>

/** An address that the lines may carry. */
export interface Address {
  url: string
  /** From where it is reached. */
  title: string
}

const ofMachine = (urls: readonly string[]): Address[] =>
  urls.map((url, index) => ({ url, title: index === 0 ? 'This machine' : 'Local network' }))

function ofEmulator([own = '']: readonly string[]): Address[] {
  const url = emulatorUrl(own)
  return url === null ? [] : [{ url, title: 'Android emulator' }]
}

/** The addresses that this SDK can be given, the likeliest first. */
export function addressesFor(capture: Capture, sdk: Sdk, variant: Variant): Address[] {
  const https = capture.https?.urls ?? []
  const schemes = {
    any: [capture.urls, https],
    http: [capture.urls],
    https: [https.length === 0 ? [httpsAssumed] : https],
  }[variant.scheme]
  const isOnAndroid = sdk.device === 'android'
  // Where https is off, its address is only assumed: whether anything listens there, that of http tells.
  const mayBeOnAndroid = (isOnAndroid || sdk.device === 'phone') && emulatorUrl(capture.url) !== null
  return schemes.flatMap((urls) => {
    const machine = ofMachine(urls)
    const emulator = mayBeOnAndroid ? ofEmulator(urls) : []
    return isOnAndroid ? [...emulator, ...machine] : [...machine, ...emulator]
  })
}

/** Whether a phone that is told this address finds it: not the loopback, nor the emulator's name for it. */
export function isForOthers(url: string): boolean {
  const { hostname } = new URL(url)
  return !/^(127\.|localhost$|\[::1\]$)/.test(hostname) && hostname !== emulatorHost
}
