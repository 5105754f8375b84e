import type { Page } from '@playwright/test'
import type * as RudderSdk from '@rudderstack/analytics-js'
import { captured, expectStory, tellStory } from './sdk-story.ts'
import { expect, inlineScript, packageScript, test } from './shop.ts'
import type { Shop } from './shop.ts'
import type { Trackside } from './trackside.ts'

// RudderStack's SDK, in the build that brings its plugins along: the other loads them from the vendor's CDN.

const expectation = { source: 'web', library: 'RudderLabs JavaScript SDK', without: ['screen'] } as const

async function visitShop(
  page: Page,
  shop: Shop,
  { address }: Trackside,
  options: object = {},
): Promise<void> {
  const load = inlineScript(
    ({ url, more }) => {
      const { rudderanalytics } = globalThis as unknown as { rudderanalytics: typeof RudderSdk }
      const analytics = new rudderanalytics.RudderAnalytics()
      analytics.load('web', url, { configUrl: url, ...more })
      Object.assign(globalThis, { analytics })
    },
    { url: address.capture, more: options },
  )
  await shop.visit(
    page,
    packageScript('@rudderstack/analytics-js/dist/npm/modern/bundled/umd/index.js') + load,
  )
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const { analytics } = globalThis as unknown as { analytics: RudderSdk.RudderAnalytics }
        analytics.ready(() => resolve())
      }),
  )
}

for (const [mode, options] of [
  ['one by one', {}],
  ['in batches', { queueOptions: { batch: { enabled: true, maxItems: 5, flushInterval: 200 } } }],
  ['as beacons', { useBeacon: true, beaconQueueOptions: { maxItems: 5, flushQueueInterval: 200 } }],
] as const) {
  test(`RudderStack’s SDK sends from another origin, ${mode}: every call arrives as it was made`, async ({
    page,
    shop,
    trackside,
  }) => {
    await visitShop(page, shop, trackside, options)
    await tellStory(page, expectation)
    await expectStory(trackside, expectation)
  })
}

// Without beacons nothing is sent while a page is left: the SDK keeps what waits in the browser, for its next page.
test('a batch of RudderStack’s SDK that waits when its page is left comes from the next one, once', async ({
  page,
  shop,
  trackside,
}) => {
  const waiting = { queueOptions: { batch: { enabled: true, maxItems: 100, flushInterval: 60_000 } } }
  await visitShop(page, shop, trackside, waiting)
  await tellStory(page, expectation)
  await page.goto(`${shop.origin}/goodbye`)
  expect(await captured(trackside)).toEqual([])
  await visitShop(page, shop, trackside, {
    queueOptions: { batch: { enabled: true, maxItems: 5, flushInterval: 200 } },
  })
  // It takes over what another page has left once that has been silent for some seconds.
  await expect.poll(async () => (await captured(trackside)).length, { timeout: 60_000 }).toBeGreaterThan(0)
  await expectStory(trackside, expectation)
})

test('a beacon of RudderStack’s SDK that waits arrives when its page is left', async ({
  page,
  shop,
  trackside,
}) => {
  const beaconQueueOptions = { maxItems: 100, flushQueueInterval: 60_000 }
  await visitShop(page, shop, trackside, { useBeacon: true, beaconQueueOptions })
  await tellStory(page, expectation)
  expect(await captured(trackside)).toEqual([])
  await page.goto(`${shop.origin}/goodbye`)
  await expectStory(trackside, expectation)
})
