import type { Page } from '@playwright/test'
import { relatives, visitWithRelative } from './sdk-relatives.ts'
import { batching, visitWithSegment } from './sdk-segment.ts'
import { captured, expectStory, tellStory } from './sdk-story.ts'
import { expect, test } from './shop.ts'
import type { Shop } from './shop.ts'
import type { Trackside } from './trackside.ts'

// SDKs whose batches go by https, whatever they are told.

test.use({
  flags: ['--https'],
  // Playwright’s own switch ends with the page, before the request that outlives it.
  launchOptions: async ({ launchOptions }, use) =>
    use({ ...launchOptions, args: [...(launchOptions.args ?? []), '--ignore-certificate-errors'] }),
})

/** All that waits goes out when the page is left, by a request that outlives it, and first asks whether it may. */
async function leaveWithBatch(
  { page, shop, trackside }: { page: Page; shop: Shop; trackside: Trackside },
  visit: (capture: string) => Promise<void>,
  without: readonly 'screen'[] = [],
): Promise<void> {
  const expectation = { source: 'web', library: 'analytics.js', without }
  const { https } = trackside.address
  if (https === undefined) throw new Error('https is off')
  await visit(https)
  await tellStory(page, expectation)
  expect(await captured(trackside)).toEqual([])
  await page.goto(`${shop.origin}/goodbye`)
  await expectStory(trackside, expectation)
}

const waiting = batching(100, 60_000)

test('a batch of the older SDK arrives when its page is left', async ({ page, shop, trackside }) => {
  await leaveWithBatch({ page, shop, trackside }, (capture) =>
    visitWithSegment(page, shop, capture, 'older', waiting),
  )
})

for (const relative of relatives) {
  if (relative.batchesAreSecure !== true) continue
  test(`a batch of ${relative.vendor}’s SDK arrives when its page is left`, async ({
    page,
    shop,
    trackside,
  }) => {
    await leaveWithBatch(
      { page, shop, trackside },
      (capture) => visitWithRelative(page, shop, capture, relative, waiting),
      relative.without,
    )
  })
}
