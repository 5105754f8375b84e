import type * as JitsuSdk from '@jitsu/js'
import type { JsonObject } from '../../shared/event.ts'
import { expectStory, tellStory } from './sdk-story.ts'
import { test } from './shop.ts'

// It sends each call at once, by a fetch without keepalive, and keeps none: what is under way when a page is left is
// the browser's to finish or to drop, so there is nothing to hold it to.
test('Jitsu’s SDK sends from another origin: every call arrives as it was made', async ({
  page,
  shop,
  trackside,
}) => {
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
    { sdk: `${shop.origin}/node_modules/@jitsu/js/dist/jitsu.es.js`, host: trackside.address.capture },
  )
  const expectation = {
    source: 'web',
    library: '@jitsu/js',
    without: ['screen', 'alias'],
    keepsAccount: true,
  } as const
  await tellStory(page, expectation)
  await expectStory(trackside, expectation)
})
