import type * as BrowserSdk from '@segment/analytics-next'
import { batching, visitWithSegment } from './sdk-segment.ts'
import { captured, expectStory, tellStory } from './sdk-story.ts'
import { expect, test } from './shop.ts'

const expectation = { source: 'web', library: 'analytics.js' }

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
    await visitWithSegment(page, shop, trackside.address.capture, version, settings)
    await tellStory(page)
    await expectStory(trackside, expectation)
  })
}

test('a batch that waits arrives when its page is left for one without the SDK', async ({
  page,
  shop,
  trackside,
}) => {
  await visitWithSegment(page, shop, trackside.address.capture, 'current', batching(100, 60_000))
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
    await visitWithSegment(page, shop, trackside.address.capture, version, keepalive)
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
