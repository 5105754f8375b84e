import type { AnalyticsBrowser } from '@segment/analytics-next'
import { relatives, visitWithRelative } from './sdk-relatives.ts'
import { batching } from './sdk-segment.ts'
import { captured, expectStory, tellStory } from './sdk-story.ts'
import { expect, test } from './shop.ts'

for (const relative of relatives) {
  const { vendor, library, without = [] } = relative
  const expectation = { source: 'web', library, without }

  test(`${vendor}’s SDK sends from another origin: every call arrives as it was made`, async ({
    page,
    shop,
    trackside,
  }) => {
    await visitWithRelative(page, shop, trackside.address.capture, relative)
    await tellStory(page, expectation)
    await expectStory(trackside, expectation)
  })

  if (relative.batchesAreSecure === true) {
    test(`a call of ${vendor}’s SDK that is made while its page is left arrives with keepalive`, async ({
      page,
      shop,
      trackside,
    }) => {
      await visitWithRelative(page, shop, trackside.address.capture, relative, {
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
    await visitWithRelative(page, shop, trackside.address.capture, relative, batching(100, 60_000))
    await tellStory(page, expectation)
    expect(await captured(trackside)).toEqual([])
    await page.goto(`${shop.origin}/goodbye`)
    await expectStory(trackside, expectation)
  })
}
