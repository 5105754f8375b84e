import type { Page } from '@playwright/test'
import type { AnalyticsBrowser } from '@segment/analytics-next'
import { captured, expectStory, tellStory } from './sdk-story.ts'
import { expect, inlineScript, packageScript, test } from './shop.ts'
import type { Shop } from './shop.ts'
import type { Trackside } from './trackside.ts'

// SDKs that began as copies of Segment's, each with a vendor's own integration, paths and headers.

interface Relative {
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

const relatives: readonly Relative[] = [
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

async function visitShop(
  page: Page,
  shop: Shop,
  { address }: Trackside,
  { package: sdk, global, loads, integration, apiPath }: Relative,
  more: object = {},
): Promise<void> {
  const apiHost = address.capture.replace('http://', '') + apiPath
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
          integrations: { [integration]: { apiKey: 'web', apiHost, protocol: 'http', ...more } },
        },
      },
    },
  )
  await shop.visit(page, packageScript(`${sdk}/dist/umd/index.js`) + load)
  await page.evaluate(async () => {
    await (globalThis as unknown as { analytics: AnalyticsBrowser }).analytics.ready()
  })
}

for (const relative of relatives) {
  const { vendor, library, without = [] } = relative
  const expectation = { source: 'web', library, without }

  test(`${vendor}’s SDK sends from another origin: every call arrives as it was made`, async ({
    page,
    shop,
    trackside,
  }) => {
    await visitShop(page, shop, trackside, relative)
    await tellStory(page, expectation)
    await expectStory(trackside, expectation)
  })

  if (relative.batchesAreSecure === true) {
    test(`a call of ${vendor}’s SDK that is made while its page is left arrives with keepalive`, async ({
      page,
      shop,
      trackside,
    }) => {
      await visitShop(page, shop, trackside, relative, {
        deliveryStrategy: { strategy: 'standard', config: { keepalive: true } },
      })
      await page.evaluate((away) => {
        const { analytics } = globalThis as unknown as { analytics: AnalyticsBrowser }
        void analytics.track('Page Left')
        location.href = away
      }, `${shop.origin}/goodbye`)
      await page.waitForURL('**/goodbye')
      await expect
        .poll(async () => (await captured(trackside)).map(({ event }) => event))
        .toEqual(['Page Left'])
    })
    continue
  }

  test(`a batch of ${vendor}’s SDK arrives when its page is left`, async ({ page, shop, trackside }) => {
    await visitShop(page, shop, trackside, relative, {
      deliveryStrategy: { strategy: 'batching', config: { size: 100, timeout: 60_000 } },
    })
    await tellStory(page, expectation)
    expect(await captured(trackside)).toEqual([])
    await page.goto(`${shop.origin}/goodbye`)
    await expectStory(trackside, expectation)
  })
}
