import type { Page } from '@playwright/test'
import snippet from '@segment/snippet'
import { captured, expectStory, tellStory } from './sdk-story.ts'
import type { SdkCalls } from './sdk-story.ts'
import { expect, inlineScript, test } from './shop.ts'
import type { Trackside } from './trackside.ts'

// The stock snippet: the page has a few lines, and the SDK itself comes from Trackside.

const expectation = { source: 'web', library: 'analytics.js' }

/** As the vendor renders it, with the host changed; it writes https, which is not spoken here. */
function renderedFor({ address }: Trackside, options: snippet.Options = {}): string {
  const host = address.capture.replace('http://', '')
  const text = snippet.min({ apiKey: 'web', page: false, host, ...options })
  return `<script>${text.replaceAll('https://', 'http://')}</script>`
}

async function ready(page: Page): Promise<void> {
  await page.waitForFunction(
    () => 'initialized' in (globalThis as unknown as { analytics: object }).analytics,
  )
}

test('the snippet, with nothing but its host changed, sends what is called before its SDK is there', async ({
  page,
  shop,
  trackside,
}) => {
  await shop.visit(page, renderedFor(trackside))
  await tellStory(page)
  await expectStory(trackside, expectation)
})

test('the snippet with `_cdn` and settings of its own sends as well', async ({ page, shop, trackside }) => {
  const load = {
    integrations: {
      'Segment.io': {
        apiHost: `${trackside.address.capture.replace('http://', '')}/v1`,
        protocol: 'http',
        deliveryStrategy: { strategy: 'batching', config: { size: 5, timeout: 200 } },
      },
    },
  }
  // Its types know only switches here, its documentation settings as well.
  const options = { useHostForBundles: true, load } as unknown as snippet.Options
  await shop.visit(page, renderedFor(trackside, options))
  await ready(page)
  await tellStory(page)
  await expectStory(trackside, expectation)
})

test('the snippet under another name, on a page of its own kind', async ({ page, shop, trackside }) => {
  await shop.visit(page, renderedFor(trackside, { globalAnalyticsKey: 'measured', page: { name: 'Home' } }))
  await expect
    .poll(async () => (await captured(trackside)).map(({ type, name }) => [type, name]))
    .toEqual([['page', 'Home']])
})

test('an SDK that fails tells nobody else', async ({ page, shop, trackside, failures }) => {
  const metrics = page.waitForRequest(/\/v1\/m$/)
  await page.route('**/settings', (route) => route.abort())
  await shop.visit(page, renderedFor(trackside))
  expect(new URL((await metrics).url()).host).toBe(new URL(trackside.address.capture).host)
  // The SDK complains, and rightly.
  await expect.poll(() => failures.join()).toContain('performance metrics')
  failures.length = 0
})

test('the script works without the snippet, as a proxy would give it out', async ({
  page,
  shop,
  trackside,
}) => {
  const src = `${trackside.address.capture}/analytics.js/v1/${encodeURIComponent('Kasse & Café')}/analytics.min.js`
  await shop.visit(page, `<script src="${src}"></script>`)
  await ready(page)
  await tellStory(page)
  await expectStory(trackside, { ...expectation, source: 'Kasse & Café' })
})

test('what the SDK loads only when a page needs it comes from here, too', async ({
  page,
  shop,
  trackside,
}) => {
  const parts: string[] = []
  page.on('response', (response) => {
    const part = /bundles\/(?:([\w-]+)\.bundle)/.exec(response.url())?.[1]
    if (part !== undefined && response.ok()) parts.push(part)
  })
  const link = inlineScript(
    () =>
      addEventListener('load', () => {
        const anchor = document.createElement('a')
        anchor.href = '#bought'
        anchor.textContent = 'Buy'
        document.body.append(anchor)
        const { analytics } = globalThis as unknown as {
          analytics: SdkCalls & { trackLink(link: Element, event: string): unknown }
        }
        analytics.trackLink(anchor, 'Link Clicked')
      }),
    null,
  )
  const query = new URLSearchParams({ ajs_uid: 'user_42', ajs_aid: 'anon_1', ajs_event: 'Email Öffnet' })
  await shop.visit(page, renderedFor(trackside) + link, `/pricing?${query.toString()}`)
  await expect
    .poll(async () => (await captured(trackside)).map(({ event }) => event))
    .toContain('Email Öffnet')
  await expect.poll(() => parts.toSorted()).toEqual(['auto-track', 'queryString'])
  await page.getByRole('link', { name: 'Buy' }).click()
  await expect
    .poll(async () => (await captured(trackside)).find(({ event }) => event === 'Link Clicked'))
    .toMatchObject({ userId: 'user_42', anonymousId: 'anon_1' })
})
