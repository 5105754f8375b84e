import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import type * as BrowserSdk from '@segment/analytics-next'
import type { TracksideEvent } from '../../shared/event.ts'
import { inProject } from '../../scripts/project.ts'
import { expect, test } from './trackside.ts'
import type { Trackside } from './trackside.ts'

const sdkFolder = 'node_modules/@segment/analytics-next/dist/umd'

/** A developer's own page: another origin than Trackside, with the real SDK out of its npm package. */
async function visitShop(page: Page, { address }: Trackside, settings: object = {}): Promise<() => void> {
  const shop = createServer((request, response) => {
    const file = request.url ?? '/'
    if (/^\/[\w.-]+\.js$/.test(file)) {
      response.setHeader('Content-Type', 'text/javascript')
      response.end(readFileSync(inProject(sdkFolder + file)))
      return
    }
    response.setHeader('Content-Type', 'text/html')
    response.end(
      '<!doctype html><title>Shop</title><link rel="icon" href="data:," /><script src="/index.js"></script>',
    )
  })
  shop.listen(0, '127.0.0.1')
  await once(shop, 'listening')
  const capture = address.capture.replace('http://', '')
  // localhost is another origin than 127.0.0.1, whatever the port.
  await page.goto(`http://localhost:${(shop.address() as AddressInfo).port}/pricing`)
  await page.evaluate(
    ({ url, host, more }) => {
      const { AnalyticsBrowser } = (globalThis as unknown as { AnalyticsNext: typeof BrowserSdk })
        .AnalyticsNext
      const analytics = AnalyticsBrowser.load(
        { writeKey: 'web', cdnURL: url },
        { integrations: { 'Segment.io': { apiHost: `${host}/v1`, protocol: 'http', ...more } } },
      )
      Object.assign(globalThis, { analytics })
    },
    { url: address.capture, host: capture, more: settings },
  )
  return () => shop.close()
}

type Browser = { analytics: ReturnType<typeof BrowserSdk.AnalyticsBrowser.load> }

const tell = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const { analytics } = globalThis as unknown as Browser
    const account = { context: { groupId: 'acct_7' } }
    await analytics.setAnonymousId('anon_1')
    await analytics.page('Docs', 'Pricing', { plan: 'pro' })
    await analytics.identify('user_42', { name: 'Jane Cooper', email: 'jane@example.com' })
    await analytics.group('acct_7', { name: 'Acme, Inc.' })
    await analytics.track('Invoice Sent', { total_amount: 123.45, currency: 'USD' }, account)
    await analytics.track('Überweisung gesendet 🎉', { nested: { deep: [1, 2, 3] } }, account)
    await analytics.screen('Home')
    await analytics.alias('user_43', 'user_42')
  })

const events = async (trackside: Trackside): Promise<TracksideEvent[]> =>
  (await trackside.api<{ events: TracksideEvent[] }>('/events?order=asc&limit=500')).events

for (const [mode, settings] of [
  ['one by one', {}],
  ['in batches', { deliveryStrategy: { strategy: 'batching', config: { size: 3, timeout: 200 } } }],
] as const) {
  test(`the browser SDK sends from another origin, ${mode}: every call arrives as it was made`, async ({
    page,
    trackside,
  }) => {
    const close = await visitShop(page, trackside, settings)
    await tell(page)
    await expect.poll(async () => (await events(trackside)).length).toBe(7)
    const captured = await events(trackside)
    expect(captured.map(({ type, event, name }) => [type, event ?? name])).toEqual([
      ['page', 'Pricing'],
      ['identify', null],
      ['group', null],
      ['track', 'Invoice Sent'],
      ['track', 'Überweisung gesendet 🎉'],
      ['screen', 'Home'],
      ['alias', null],
    ])
    const [pageCall, , , invoice] = captured
    expect(pageCall).toMatchObject({ anonymousId: 'anon_1', userId: null, source: 'web' })
    expect(invoice).toMatchObject({
      userId: 'user_42',
      anonymousId: 'anon_1',
      accountId: 'acct_7',
      source: 'web',
      properties: { total_amount: 123.45, currency: 'USD' },
      library: { name: 'analytics.js' },
    })
    close()
  })
}

test('calls that are made while the page unloads arrive, too', async ({ page, trackside }) => {
  const close = await visitShop(page, trackside, {
    deliveryStrategy: { strategy: 'batching', config: { size: 100, timeout: 60_000 } },
  })
  await page.evaluate(async () => {
    const { analytics } = globalThis as unknown as Browser
    await analytics.identify('user_42')
    await analytics.track('Cart Abandoned', { items: 3 })
  })
  expect(await events(trackside)).toEqual([])
  await page.goto('about:blank')
  await expect
    .poll(async () => (await events(trackside)).map(({ event }) => event))
    .toContain('Cart Abandoned')
  close()
})
