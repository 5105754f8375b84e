import type { Page } from '@playwright/test'
import type * as BrowserSdk from '@segment/analytics-next'
import { captured, expectStory, tellStory } from './sdk-story.ts'
import { expect, inlineScript, packageScript, test } from './shop.ts'
import type { Shop } from './shop.ts'
import type { Trackside } from './trackside.ts'

// The browser SDK from npm, as it is now and as it was before it sent its key in a header.

const versions = {
  current: '@segment/analytics-next',
  older: 'segment-analytics-next-1.82',
} as const

/** A page of the shop that loads the SDK and points it to Trackside. */
async function visitShop(
  page: Page,
  shop: Shop,
  { address }: Trackside,
  version: keyof typeof versions,
  settings: object = {},
): Promise<void> {
  const load = inlineScript(
    ({ url, host, more }) => {
      const { AnalyticsBrowser } = (globalThis as unknown as { AnalyticsNext: typeof BrowserSdk })
        .AnalyticsNext
      const analytics = AnalyticsBrowser.load(
        { writeKey: 'web', cdnURL: url },
        { integrations: { 'Segment.io': { apiHost: `${host}/v1`, protocol: 'http', ...more } } },
      )
      Object.assign(globalThis, { analytics })
    },
    { url: address.capture, host: address.capture.replace('http://', ''), more: settings },
  )
  await shop.visit(page, packageScript(`${versions[version]}/dist/umd/index.js`) + load)
  // What is called before is lost with the page.
  await page.evaluate(async () => {
    await (globalThis as unknown as { analytics: BrowserSdk.AnalyticsBrowser }).analytics.ready()
  })
}

const expectation = { source: 'web', library: 'analytics.js' }
const batching = (size: number, timeout: number): object => ({
  deliveryStrategy: { strategy: 'batching', config: { size, timeout } },
})

for (const [version, mode, settings] of [
  ['current', 'one by one', {}],
  ['current', 'in batches', batching(5, 200)],
  ['older', 'one by one', {}],
] as const) {
  test(`the ${version} SDK sends from another origin, ${mode}: every call arrives as it was made`, async ({
    page,
    shop,
    trackside,
  }) => {
    await visitShop(page, shop, trackside, version, settings)
    await tellStory(page)
    await expectStory(trackside, expectation)
  })
}

test('a batch that waits arrives when its page is left for one without the SDK', async ({
  page,
  shop,
  trackside,
}) => {
  await visitShop(page, shop, trackside, 'current', batching(100, 60_000))
  await tellStory(page)
  expect(await captured(trackside)).toEqual([])
  await page.goto(`${shop.origin}/goodbye`)
  await expectStory(trackside, expectation)
})

for (const version of ['current', 'older'] as const) {
  test(`a call of the ${version} SDK that is under way when its page is left arrives`, async ({
    page,
    shop,
    trackside,
  }) => {
    const keepalive = { deliveryStrategy: { strategy: 'standard', config: { keepalive: true } } }
    await visitShop(page, shop, trackside, version, keepalive)
    const underWay = page.waitForRequest(/\/v1\/t$/)
    await page.evaluate(() => {
      const { analytics } = globalThis as unknown as { analytics: BrowserSdk.AnalyticsBrowser }
      void analytics.track('Cart Abandoned', { items: 3 })
    })
    await underWay
    await page.goto(`${shop.origin}/goodbye`)
    await expect
      .poll(async () => (await captured(trackside)).map(({ event }) => event))
      .toEqual(['Cart Abandoned'])
  })
}
