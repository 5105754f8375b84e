import { generateKeyPairSync } from 'node:crypto'
import { createRequire } from 'node:module'
import { Analytics as CustomerIo } from '@customerio/cdp-analytics-node'
import { Analytics as June } from '@june-so/analytics-node'
import Rudder from '@rudderstack/rudder-sdk-node'
import { Analytics as Segment } from '@segment/analytics-node'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CallType } from '../../shared/event.ts'
import { LossyNetwork } from './lossy-network.ts'
import { RunningEngine } from './running-engine.ts'
import { accountId, expectStory, invoice, tell, userId } from './sdk-story.ts'
import type { Teller } from './sdk-story.ts'

// The real SDKs for Node whose calls look like Segment's, each with nothing changed but where it sends to.

/** An SDK pointed at a host, which rejects `finish` when it has heard of any failure. */
interface Sdk {
  teller: Teller
  finish(): Promise<unknown>
}

interface Vendor {
  name: string
  point(host: string): Sdk
  library: { name: string; version: unknown }
  path: string
  leavesOut?: readonly CallType[]
  encoding?: string
}

const writeKey = 'checkout-service'

/** The predecessor of @segment/analytics-node, which has no types. */
type LegacyConstructor = new (writeKey: string, options: object) => CallbackSdk
const Legacy = createRequire(import.meta.url)('analytics-node') as LegacyConstructor

function segment(host: string, options: Partial<ConstructorParameters<typeof Segment>[0]> = {}): Sdk {
  const teller = new Segment({ writeKey, host, flushAt: 5, ...options })
  const failures: unknown[] = []
  teller.on('error', (error) => failures.push(error))
  return {
    teller,
    finish: async () => {
      await teller.closeAndFlush({ timeout: 20_000 })
      expect(failures).toEqual([])
    },
  }
}

/** Its host is fixed, so its requests are turned round where its own option for a proxy lets one in. */
function june(host: string): Sdk {
  const teller = new June(writeKey, {
    flushAt: 5,
    httpClient: (url, { method, headers, body }) =>
      fetch(url.replace('https://api.june.so', host), { method, headers, body }),
  })
  return { teller, finish: () => teller.closeAndFlush(20_000) }
}

function customerIo(host: string): Sdk {
  const teller = new CustomerIo({ writeKey, host, maxEventsInBatch: 5 })
  const failures: unknown[] = []
  teller.on('error', (error) => failures.push(error))
  return {
    teller,
    finish: async () => {
      await teller.closeAndFlush({ timeout: 20_000 })
      expect(failures).toEqual([])
    },
  }
}

type Delivered = (error?: unknown) => void

/** An SDK that sends its first call at once and says nothing about it: only the calls' own callbacks tell. */
type CallbackSdk = {
  [Type in CallType]: (message: Parameters<NonNullable<Teller[Type]>>[0], then: Delivered) => unknown
} & {
  flush(): Promise<unknown>
}

function withCallbacks(sdk: CallbackSdk): Sdk {
  const deliveries: Promise<void>[] = []
  const delivered = (): Delivered => {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    deliveries.push(promise)
    return (error) => (error == null ? resolve() : reject(new Error('Not delivered', { cause: error })))
  }
  return {
    teller: {
      identify: (message) => sdk.identify(message, delivered()),
      group: (message) => sdk.group(message, delivered()),
      track: (message) => sdk.track(message, delivered()),
      page: (message) => sdk.page(message, delivered()),
      screen: (message) => sdk.screen(message, delivered()),
      alias: (message) => sdk.alias(message, delivered()),
    },
    finish: async () => {
      await sdk.flush()
      await Promise.all(deliveries)
    },
  }
}

/** Set, so that a failure goes to the callback instead of rejecting a promise that nobody can hold. */
const errorHandler = (): void => undefined

function legacy(host: string): Sdk {
  return withCallbacks(new Legacy(writeKey, { host, flushAt: 100, errorHandler }))
}

function rudder(host: string): Sdk {
  return withCallbacks(new Rudder(writeKey, { dataPlaneUrl: host, flushAt: 100, errorHandler }))
}

const vendors: readonly Vendor[] = [
  {
    name: '@segment/analytics-node 3',
    point: segment,
    library: { name: '@segment/analytics-node', version: expect.stringMatching(/^3\./) },
    path: '/v1/batch',
  },
  {
    name: 'analytics-node 6, its predecessor',
    point: legacy,
    library: { name: 'analytics-node', version: '6.2.0' },
    path: '/v1/batch',
  },
  {
    name: '@rudderstack/rudder-sdk-node 3',
    point: rudder,
    library: { name: 'analytics-node', version: '3.0.13' },
    path: '/v1/batch',
    encoding: 'gzip',
  },
  {
    name: '@june-so/analytics-node 8',
    point: june,
    library: { name: '@segment/analytics-node', version: '1.3.0' },
    path: '/sdk/batch',
    leavesOut: ['alias'],
  },
  {
    name: '@customerio/cdp-analytics-node',
    point: customerIo,
    library: { name: '@customerio/cdp-analytics-node', version: '1.0.0-beta.22' },
    path: '/v1/batch',
  },
]

let engine: RunningEngine

beforeEach(async () => {
  engine = await RunningEngine.start()
})

afterEach(() => engine.close())

describe.each(vendors)('$name', ({ point, library, path, encoding = null, leavesOut = [] }) => {
  it('tells the whole story, letter by letter', async () => {
    const { teller, finish } = point(engine.capture)
    tell(teller)
    await finish()
    const events = await expectStory(engine, { source: writeKey, library, leavesOut })
    const ids = events.map(({ messageId }) => messageId)
    expect(new Set(ids).size).toBe(events.length)
    const { request } = await engine.event(events[0]?.id ?? 0)
    expect(request).toMatchObject({ method: 'POST', path, encoding })
    expect(new Map(request.headers).get('Authorization')).toBe('Basic ***')
  })

  it('tries again when the network loses an answer, and nobody takes that for a second event', async () => {
    const network = await LossyNetwork.to(engine.capture)
    try {
      const { teller, finish } = point(network.url)
      teller.track({ userId, event: 'Invoice Sent', properties: invoice, context: { groupId: accountId } })
      await finish()
      expect(network.attempts).toBe(2)
    } finally {
      await network.close()
    }
    const [sent, again] = await engine.events()
    expect(again?.messageId).toBe(sent?.messageId)
    expect(again?.properties).toEqual(invoice)
    expect(sent?.problems.map(({ rule }) => rule)).not.toContain('delivery/duplicate')
    expect(again?.problems.map(({ rule }) => rule)).toContain('delivery/duplicate')
  })
})

describe('@segment/analytics-node 3 with OAuth', () => {
  it('gets a token first, and its source is still known by the key in its body', async () => {
    const { privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    })
    const { teller, finish } = segment(engine.capture, {
      oauthSettings: { clientId: 'client', clientKey: privateKey, keyId: 'key', authServer: engine.capture },
    })
    tell(teller)
    await finish()
    const library = { name: '@segment/analytics-node', version: expect.any(String) }
    const [event] = await expectStory(engine, { source: writeKey, library })
    const { request } = await engine.event(event?.id ?? 0)
    expect(new Map(request.headers).get('Authorization')).toBe('Bearer ***')
  })
})
