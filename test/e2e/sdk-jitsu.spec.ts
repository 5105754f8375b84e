import type { Page } from '@playwright/test'
import type * as JitsuSdk from '@jitsu/js'
import type { JsonObject } from '../../shared/event.ts'
import { captured, expectStory, tellStory } from './sdk-story.ts'
import { expect, test } from './shop.ts'
import type { Shop } from './shop.ts'
import type { Trackside } from './trackside.ts'

async function visitShop(page: Page, shop: Shop, { address }: Trackside): Promise<void> {
  await shop.visit(page, '')
  await page.evaluate(
    async ({ sdk, host }) => {
      const { jitsuAnalytics } = (await import(sdk)) as typeof JitsuSdk
      const analytics = jitsuAnalytics({ host, writeKey: 'web:secret' })
      // Its page call takes name and category among the properties.
      const page = (category: string, name: string, properties: JsonObject): unknown =>
        analytics.page({ category, name, ...properties })
      Object.assign(globalThis, { analytics: { ...analytics, page } })
    },
    { sdk: `${shop.origin}/node_modules/@jitsu/js/dist/jitsu.es.js`, host: address.capture },
  )
}

test('Jitsu’s SDK sends from another origin: every call arrives as it was made', async ({
  page,
  shop,
  trackside,
}) => {
  await visitShop(page, shop, trackside)
  const expectation = {
    source: 'web',
    library: '@jitsu/js',
    without: ['screen', 'alias'],
    keepsAccount: true,
  } as const
  await tellStory(page, expectation)
  await expectStory(trackside, expectation)
})

// It keeps no call, either: what is under way when a page is left is the browser's to finish or to drop, so there is no
// arrival to hold it to. Connect says so.
test('Jitsu’s SDK sends each call at once, and by nothing that outlives its page', async ({
  page,
  shop,
  trackside,
}) => {
  await page.addInitScript(() => {
    const { fetch } = globalThis
    const outlive: boolean[] = []
    Object.assign(globalThis, {
      outlive,
      fetch: (...given: Parameters<typeof fetch>) => {
        outlive.push(new Request(...given).keepalive)
        return fetch(...given)
      },
    })
    navigator.sendBeacon = () => outlive.push(true) > 0
  })
  await visitShop(page, shop, trackside)
  const outlive = await page.evaluate(async () => {
    const { analytics, outlive } = globalThis as unknown as {
      analytics: JitsuSdk.AnalyticsInterface
      outlive: boolean[]
    }
    await analytics.track('Cart Opened')
    await analytics.track('Cart Abandoned')
    dispatchEvent(new Event('pagehide'))
    return outlive
  })
  expect(outlive).toEqual([false, false])
  await expect
    .poll(async () => (await captured(trackside)).map(({ event }) => event))
    .toEqual(['Cart Opened', 'Cart Abandoned'])
})
