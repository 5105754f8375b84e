import type { JsonObject } from '../../../shared/event.ts'
import type { SenderAddress } from './sender-address.ts'

/**
 * What an SDK asks for before it sends anything. One integration exactly: a second makes the snippet fetch a bundle
 * and hang, and without `Segment.io` the mobile SDKs send nothing. `sampleRate: 0` keeps the SDK from reporting to
 * its vendor. The address is the sender's own: an emulator or a phone knows this machine by another one.
 */
export function settingsBody(writeKey: string, { protocol, host }: SenderAddress): JsonObject {
  const apiHost = `${host}/v1`
  return {
    integrations: {
      'Segment.io': { apiKey: writeKey, apiHost, protocol, addBundledMetadata: true },
    },
    plan: {},
    edgeFunction: {},
    middlewareSettings: {},
    enabledMiddleware: {},
    metrics: { sampleRate: 0, host: apiHost },
    remotePlugins: [],
  }
}
