import type { Page } from '@playwright/test'
import type * as BrowserSdk from '@segment/analytics-next'
import { inlineScript, packageScript } from './shop.ts'
import type { Shop } from './shop.ts'

// The browser SDK from npm, as it is now and as it was before it sent its key in a header.

const versions = {
  current: '@segment/analytics-next',
  older: 'segment-analytics-next-1.82',
} as const

/** A page of the shop that loads the SDK and points it to `capture`, over http or https. */
export async function visitWithSegment(
  page: Page,
  shop: Shop,
  capture: string,
  version: keyof typeof versions,
  settings: object = {},
): Promise<void> {
  const { host, protocol: scheme } = new URL(capture)
  const protocol: 'http' | 'https' = scheme === 'https:' ? 'https' : 'http'
  const load = inlineScript(
    ({ url, host, protocol, more }) => {
      const { AnalyticsBrowser } = (globalThis as unknown as { AnalyticsNext: typeof BrowserSdk })
        .AnalyticsNext
      const analytics = AnalyticsBrowser.load(
        { writeKey: 'web', cdnURL: url },
        { integrations: { 'Segment.io': { apiHost: `${host}/v1`, protocol, ...more } } },
      )
      Object.assign(globalThis, { analytics })
    },
    { url: capture, host, protocol, more: settings },
  )
  await shop.visit(page, packageScript(`${versions[version]}/dist/umd/index.js`) + load)
  // What is called before is lost with the page.
  await page.evaluate(async () => {
    await (globalThis as unknown as { analytics: BrowserSdk.AnalyticsBrowser }).analytics.ready()
  })
}

/** Settings to send so many calls at once, or those of so many milliseconds. */
export const batching = (size: number, timeout: number): object => ({
  deliveryStrategy: { strategy: 'batching', config: { size, timeout } },
})
