import type { Page } from '@playwright/test'
import type * as BrowserSdk from '@segment/analytics-next'
import { captured, expectStory, tellStory } from './sdk-story.ts'
import { expect, packageScript, test } from './shop.ts'
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
  await shop.visit(page, packageScript(`${versions[version]}/dist/umd/index.js`))
  await page.evaluate(
    async ({ url, host, more }) => {
      const { AnalyticsBrowser } = (globalThis as unknown as { AnalyticsNext: typeof BrowserSdk })
        .AnalyticsNext
      const analytics = AnalyticsBrowser.load(
        { writeKey: 'web', cdnURL: url },
        { integrations: { 'Segment.io': { apiHost: `${host}/v1`, protocol: 'http', ...more } } },
      )
      Object.assign(globalThis, { analytics })
      await analytics.ready()
    },
    { url: address.capture, host: address.capture.replace('http://', ''), more: settings },
  )
}

const expectation = { source: 'web', library: 'analytics.js' }
const batching = (size: number, timeout: number): object => ({
  deliveryStrategy: { strategy: 'batching', config: { size, timeout } },
})
const keepalive = { deliveryStrategy: { strategy: 'standard', config: { keepalive: true } } }

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

for (const [version, mode, settings] of [
  ['current', 'in a batch', batching(100, 60_000)],
  ['current', 'one by one', keepalive],
  ['older', 'one by one', keepalive],
] as const) {
  test(`calls of the ${version} SDK, ${mode}, arrive from a page that is left right after them`, async ({
    page,
    shop,
    trackside,
  }) => {
    await visitShop(page, shop, trackside, version, settings)
    await tellStory(page, { andLeaves: true })
    await expectStory(trackside, { ...expectation, andLeaves: true })
  })
}

test('a batch waits until it is due, or until the page is left', async ({ page, shop, trackside }) => {
  await visitShop(page, shop, trackside, 'current', batching(100, 60_000))
  await tellStory(page)
  expect(await captured(trackside)).toEqual([])
  await page.goto('about:blank')
  await expectStory(trackside, expectation)
})
