import type { Page } from '@playwright/test'
import type { AnalyticsBrowser } from '@segment/analytics-next'
import { inlineScript, packageScript } from './shop.ts'
import type { Shop } from './shop.ts'

// SDKs that began as copies of Segment's, each with a vendor's own integration, paths and headers.

export interface Relative {
  vendor: string
  package: string
  /** What its script puts into the page. */
  global: 'AnalyticsNext' | 'HtEvents'
  /** The class that is loaded. */
  loads: 'AnalyticsBrowser' | 'HtEventsBrowser'
  /** The integration that sends, as its settings name it. */
  integration: string
  /** Behind host and port. */
  apiPath: string
  library: string
  without?: readonly 'screen'[]
  /** Where the vendor's batches go by https, whatever they are told. */
  batchesAreSecure?: boolean
}

export const relatives: readonly Relative[] = [
  {
    vendor: 'Customer.io',
    package: '@customerio/cdp-analytics-browser',
    global: 'AnalyticsNext',
    loads: 'AnalyticsBrowser',
    integration: 'Customer.io Data Pipelines',
    apiPath: '/v1',
    library: 'analytics.js',
  },
  {
    vendor: 'Hightouch',
    package: '@ht-sdks/events-sdk-js-browser',
    global: 'HtEvents',
    loads: 'HtEventsBrowser',
    integration: 'Hightouch.io',
    apiPath: '',
    library: 'events-sdk-js',
  },
  {
    vendor: 'June',
    package: '@june-so/analytics-next',
    global: 'AnalyticsNext',
    loads: 'AnalyticsBrowser',
    integration: 'june.so',
    apiPath: '/sdk',
    library: 'analytics.js',
    without: ['screen'],
    batchesAreSecure: true,
  },
]

type Loadable = Record<string, Record<string, { load(settings: object): unknown }>>

/** A page of the shop that loads the SDK of a vendor and points it to `capture`, over http or https. */
export async function visitWithRelative(
  page: Page,
  shop: Shop,
  capture: string,
  { package: sdk, global, loads, integration, apiPath }: Relative,
  more: object = {},
): Promise<void> {
  const { host, protocol } = new URL(capture)
  const load = inlineScript(
    ({ global, loads, settings }) => {
      const sdk = (globalThis as unknown as Loadable)[global]?.[loads]
      Object.assign(globalThis, { analytics: sdk?.load(settings) })
    },
    {
      global,
      loads,
      settings: {
        writeKey: 'web',
        cdnSettings: {
          integrations: {
            [integration]: {
              apiKey: 'web',
              apiHost: host + apiPath,
              protocol: protocol.replace(':', ''),
              ...more,
            },
          },
        },
      },
    },
  )
  await shop.visit(page, packageScript(`${sdk}/dist/umd/index.js`) + load)
  await page.evaluate(async () => {
    await (globalThis as unknown as { analytics: AnalyticsBrowser }).analytics.ready()
  })
}
